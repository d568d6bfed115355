#pragma once

#include <engine/access/access.h>
#include <engine/ports/store.h>

#include <cstdint>

namespace jicai::notices {

/// Gives a notice in the transaction of what it tells about, whatever use case that is:
///
///     notices::notify(transaction, {
///         .round = round.id,
///         .kind = "report",
///         .message = {"notice.report_returned", {{"round", round.id}, {"remark", remark}}},
///         .organisation = actor.organisation, .user = actor.user, .at = now,
///         .link = "/rounds/" + round.id + "/reports/" + hospital.code,
///         .audience = {.roles = {Role::hospital_reporter}, .organisations = {hospital}},
///     });
///
/// The catalogue has "notice.report_returned" (title, one line) and "notice.report_returned_text".
/// Arguments are text as people read it. E-mail, SMS and webhook follow by themselves for whoever
/// wants them. Returns the notice's id; 0: a notice with this `once` was given before. \pre a kind;
/// a message or a title; at most kTitleCharactersMax and kTextCharactersMax (CHECKed)
std::int64_t notify(ports::Transaction& transaction, const ports::NewNotice& notice);

inline constexpr std::size_t kTitleCharactersMax = 200;
inline constexpr std::size_t kTextCharactersMax = 20'000;

/// Whose notices somebody's are.
[[nodiscard]] ports::Reader reader_of(const access::Actor& actor);

}  // namespace jicai::notices
