#include <engine/setup/round_notices.h>

namespace jicai::setup {
namespace {

using access::Role;

/// Everybody the stages of a round ask something of.
std::vector<Role> participants() {
    using enum Role;
    return {
        procurement_officer,
        bid_opener,
        notary_supervisor,
        hospital_reporter,
        hospital_approver,
        hospital_buyer,
        supplier,
        distributor,
        bureau_county,
        bureau_city,
        bureau_province,
        pharmacy};
}

ports::NewNotice notice_of(
    const ports::StoredRound& round,
    const char* kind,
    decision::Message message,
    ports::Moment at,
    const NoticeGiver& giver
) {
    ports::NewNotice notice;
    notice.round = round.id;
    notice.kind = kind;
    notice.message = std::move(message);
    notice.at = at;
    notice.user = giver.user;
    notice.organisation = giver.organisation;
    notice.link = "/rounds/" + round.id;
    notice.audience.within = round.region;
    return notice;
}

}  // namespace

void tell_stage(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    access::Stage to,
    ports::Moment at,
    const NoticeGiver& giver
) {
    auto notice = notice_of(
        round,
        "stage",
        {"notice.stage",
         {{"round", round.id},
          {"round_title", round.title},
          {"round_stage", std::string(access::name_of(to))},
          {"from", ports::beijing_text(at)}}},
        at,
        giver
    );
    if (to == access::Stage::draft) {
        notice.audience.roles = {Role::procurement_officer};
        notice.audience.within.clear();
        notice.audience.organisations = {round.owner};
    } else {
        notice.audience.roles = participants();
    }
    static_cast<void>(transaction.notices().add(notice));
}

void tell_correction(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const std::string& summary,
    ports::Moment at,
    const NoticeGiver& giver
) {
    auto notice = notice_of(
        round,
        "correction",
        {"notice.correction",
         {{"round", round.id}, {"round_title", round.title}, {"summary", summary}}},
        at,
        giver
    );
    notice.audience.roles = participants();
    notice.must_sign = true;
    static_cast<void>(transaction.notices().add(notice));
}

}  // namespace jicai::setup
