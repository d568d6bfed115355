#include <engine/listing/price_line.h>
#include <engine/money/check.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace jicai::listing {
namespace {

constexpr std::size_t kDayLetters = 10;

campaign::Day day_of(const std::string& text) {
    const auto day = campaign::Day::parse(text);
    JICAI_CHECK(day.has_value());
    return *day;
}

/// Calls `take` with each version that is a ceiling on `day`, its day read by `from`.
template <typename From, typename Take>
void each_ceiling(
    const std::vector<PriceVersion>& versions,
    const std::string& day,
    const From& from,
    const Take& take
) {
    std::size_t first = 0;
    for (std::size_t i = 0; i < versions.size(); ++i) {
        if (versions[i].resets && from(versions[i]) <= day) first = i;
    }
    for (std::size_t i = first; i < versions.size(); ++i) {
        if (from(versions[i]) <= day) take(versions[i]);
    }
}

const std::string& effective_of(const PriceVersion& version) {
    return version.effective;
}

const std::string& stated_of(const PriceVersion& version) {
    return version.stated;
}

Ceiling ceiling_of(const PriceVersion& version) {
    return {version.price, version.ground_kind, version.ground, version.clause, version.effective};
}

bool is_there(const std::vector<PriceVersion>& versions, const PriceVersion& asked) {
    return std::any_of(versions.begin(), versions.end(), [&](const PriceVersion& one) {
        return one.price == asked.price && one.ground_kind == asked.ground_kind &&
               one.ground == asked.ground && one.stated == asked.stated &&
               (one.resets || !asked.resets) && one.pack_units == asked.pack_units;
    });
}

/// The days on which anything changes, and `first` and `end`, within [first, end).
std::set<std::string> changes_between(
    const std::vector<PriceVersion>& versions,
    const std::vector<ListingEvent>& events,
    const std::string& first,
    const std::string& end
) {
    std::set<std::string> days{first};
    const auto add = [&](const std::string& day) {
        if (first < day && day < end) days.insert(day);
    };
    for (const PriceVersion& version : versions) {
        add(version.effective);
        add(version.stated);
    }
    for (const ListingEvent& event : events) add(event.effective);
    return days;
}

std::vector<Compensation> compensations_of(
    const std::vector<PriceVersion>& versions,
    const std::vector<ListingEvent>& events,
    const PriceVersion& late
) {
    std::vector<Compensation> all;
    const std::set<std::string> days =
        changes_between(versions, events, late.stated, late.effective);
    for (auto day = days.begin(); day != days.end(); ++day) {
        const auto following = std::next(day);
        const std::string& end = following == days.end() ? late.effective : *following;
        if (state_on(events, *day) != ListingState::listed) continue;
        const auto due = due_on(versions, *day);
        if (!due || *due <= late.price) continue;
        if (!all.empty() && all.back().old_price == *due && next_day(all.back().to) == *day) {
            all.back().to = day_before(end);
            continue;
        }
        Compensation one;
        one.from = *day;
        one.to = day_before(end);
        one.old_price = *due;
        one.new_price = late.price;
        one.difference = money::Price(due->micro_yuan() - late.price.micro_yuan());
        one.ground = late.ground;
        one.clause = late.clause;
        one.opened_at = late.recorded_at;
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace

EnforcedPrice price_on(const std::vector<PriceVersion>& versions, const std::string& day) {
    EnforcedPrice result;
    each_ceiling(versions, day, effective_of, [&](const PriceVersion& version) {
        const auto same = std::find_if(
            result.ceilings.begin(),
            result.ceilings.end(),
            [&](const Ceiling& ceiling) { return ceiling.ground_kind == version.ground_kind; }
        );
        if (same == result.ceilings.end()) {
            result.ceilings.push_back(ceiling_of(version));
        } else if (version.price < same->price) {
            *same = ceiling_of(version);
        }
    });
    std::stable_sort(
        result.ceilings.begin(),
        result.ceilings.end(),
        [](const Ceiling& a, const Ceiling& b) {
            return std::tie(a.price, a.from, a.ground_kind) <
                   std::tie(b.price, b.from, b.ground_kind);
        }
    );
    if (!result.ceilings.empty()) {
        result.governs = result.ceilings.front();
        result.price = result.governs.price;
    }
    return result;
}

std::optional<money::Price> due_on(
    const std::vector<PriceVersion>& versions, const std::string& day
) {
    std::optional<money::Price> due;
    each_ceiling(versions, day, stated_of, [&](const PriceVersion& version) {
        if (!due || version.price < *due) due = version.price;
    });
    return due;
}

std::optional<ListingState> state_on(
    const std::vector<ListingEvent>& events, const std::string& day
) {
    const ListingEvent* last = nullptr;
    for (const ListingEvent& event : events) {
        if (event.effective > day) continue;
        if (last == nullptr || last->effective <= event.effective) last = &event;
    }
    if (last == nullptr) return std::nullopt;
    return last->to;
}

bool was_listed(const std::vector<ListingEvent>& events) {
    return std::any_of(events.begin(), events.end(), [](const ListingEvent& event) {
        return event.to == ListingState::listed;
    });
}

linkage::EnforcedPrices line_of(
    const std::vector<PriceVersion>& versions, const std::vector<ListingEvent>& events
) {
    std::set<std::string> days;
    for (const PriceVersion& version : versions) days.insert(version.effective);
    for (const ListingEvent& event : events) days.insert(event.effective);
    linkage::EnforcedPrices line;
    for (const std::string& day : days) {
        const auto state = state_on(events, day);
        if (!state) continue;
        const EnforcedPrice enforced = price_on(versions, day);
        linkage::EnforcedPrice published;
        published.from = day_of(day);
        if (state == ListingState::listed) published.price = enforced.price;
        published.clause = enforced.governs.clause;
        published.ground = enforced.governs.ground;
        line.publish(0, 0, std::move(published));
    }
    return line;
}

Placement place_price(
    const std::vector<PriceVersion>& versions,
    const std::vector<ListingEvent>& events,
    PriceVersion version,
    const std::string& today,
    bool aside
) {
    Placement result;
    if (!is_day(version.stated)) {
        result.refusal = {"listing.day_unknown", {{"value", version.stated}}};
        return result;
    }
    const bool sold = was_listed(events);
    if (!sold) version.resets = true;
    version.effective = version.stated;
    if (is_there(versions, version)) {
        result.there_already = true;
        return result;
    }
    if (sold && !versions.empty()) {
        version.effective = std::max(version.stated, next_day(today));
        if (version.resets) {
            for (const PriceVersion& other : versions) {
                if (other.effective < version.effective) continue;
                result.refusal = {
                    "listing.versions_ahead",
                    {{"price", other.price.text()},
                     {"day", other.effective},
                     {"ground", other.ground}}};
                return result;
            }
            version.stated = version.effective;
        } else {
            if (version.stated < version.effective) {
                result.compensations = compensations_of(versions, events, version);
            }
            const EnforcedPrice enforced = price_on(versions, version.effective);
            // One that is above by now may still be owed for days gone by.
            if (!aside && result.compensations.empty() && enforced.price &&
                version.price > *enforced.price) {
                result.refusal = {
                    "listing.would_raise",
                    {{"price", version.price.text()},
                     {"enforced", enforced.price->text()},
                     {"day", version.effective},
                     {"ground", enforced.governs.ground},
                     {"clause", enforced.governs.clause}}};
                return result;
            }
        }
    }
    result.version = std::move(version);
    return result;
}

std::string next_day(const std::string& day) {
    return day_of(day).plus(1).text();
}

std::string day_before(const std::string& day) {
    return day_of(day).plus(-1).text();
}

std::string beijing_day(ports::Moment moment) {
    return ports::beijing_text(moment).substr(0, kDayLetters);
}

bool is_day(const std::string& text) {
    return campaign::Day::parse(text).has_value();
}

}  // namespace jicai::listing
