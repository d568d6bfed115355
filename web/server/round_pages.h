#pragma once

#include <catalogs/messages/words.h>
#include <engine/access/access.h>
#include <reports/round_tables.h>
#include <reports/say.h>
#include <web/server/answer.h>
#include <web/server/lists.h>
#include <web/server/request.h>
#include <web/server/rounds.h>
#include <web/server/services.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What every route of a round has in common: the round in its present version, what the one who
/// asks may see of it, and the pages kept in memory.

namespace jicai::web {

/// What an actor may see of a round at its stage (engine/access).
struct RoundView {
    bool round = false;             ///< that it is there, its lots and ceilings
    bool bids = false;              ///< all bids
    bool results = false;           ///< award, agreed volumes, supply, certificate
    bool volumes = false;           ///< sums by region
    bool counts = false;            ///< how many bids
    bool verification = false;      ///< recompute, folder
    bool hospital_volumes = false;  ///< of every hospital
    std::vector<std::string>
        own;  ///< supplier codes of the actor's organisation whose bids they see

    /// Equal texts see equal pages.
    [[nodiscard]] std::string class_key() const;
    /// Names of the actions allowed here.
    [[nodiscard]] std::vector<std::string> actions() const;
};
[[nodiscard]] RoundView view_of(
    const access::Actor& actor,
    const ports::StoredRound& round,
    const std::vector<ports::Participant>& participants
);

/// The round of the request's parameter `round`.
class RoundPage {
public:
    /// Refused with round.not_found, also where the actor may not know of the round.
    RoundPage(const Request& request, Services& services);
    RoundPage(const RoundPage&) = delete;
    RoundPage& operator=(const RoundPage&) = delete;

    [[nodiscard]] const DecidedRound& round() const { return *round_; }
    [[nodiscard]] const RoundView& view() const { return view_; }
    [[nodiscard]] const catalogs::Words& words() const { return words_; }
    /// Sentences of this round.
    [[nodiscard]] reports::Say say() const;
    /// Of the parameters lot, region, supplier, status and text.
    [[nodiscard]] reports::RoundFilter filter() const;
    [[nodiscard]] reports::BidsShown bids_shown() const;

    /// Refused with access.round_stage: the action is not allowed at this stage.
    void need(bool allowed, access::Action action) const;

    /// What `make` answers, from memory where it is there. Kept by round, version, language, view
    /// and all parameters; files and free searches are not kept.
    [[nodiscard]] Answer kept(std::string_view route, const std::function<Answer()>& make) const;
    /// The page of `list` the request asks for, or its file, kept.
    [[nodiscard]] Answer kept_list(
        std::string_view route, const std::function<reports::List()>& make
    ) const;

private:
    const Request& request_;
    Services& services_;
    std::shared_ptr<const DecidedRound> round_;
    RoundView view_;
    catalogs::Words words_;
};

/// A list of reports as lists.h answers it.
[[nodiscard]] List web_list(reports::List list);

/// `make` kept in memory under route, key, language and all parameters.
[[nodiscard]] Answer kept(
    const Request& request,
    Services& services,
    std::string_view route,
    const std::string& key,
    const std::function<Answer()>& make
);

/// Members of a row by the kinds of the columns, for schema::list.
[[nodiscard]] decision::Json::Object row_members(const std::vector<reports::Column>& columns);

/// Path parameters of the routes of a round.
[[nodiscard]] Parameter round_parameter();
[[nodiscard]] Parameter lot_parameter();

/// "执行": messages round_stage.<name>.
[[nodiscard]] std::string stage_text(const catalogs::Words& words, access::Stage stage);

/// Rounds the actor may know of: id, title, kind_text, stage_text, opening, rulebook, lots,
/// winners; more: kind, stage. `winners` is empty where the actor may not know the award.
[[nodiscard]] List rounds_list(const Request& request, Services& services);
[[nodiscard]] decision::Json::Object rounds_row_members();
/// The state of all rounds and of the actor's view of them, for pages kept in memory.
[[nodiscard]] std::string rounds_key(const Request& request, Services& services);

}  // namespace jicai::web
