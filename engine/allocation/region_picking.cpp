#include <engine/allocation/region_picking.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace jicai::allocation {
namespace {

using round::RegionIndex;
using round::SupplierIndex;

class Session {
public:
    Session(const round::Round& round, const PickingSession& session)
        : round_(round), session_(session) {}

    PickingResult run() {
        replay_events();
        if (!result_.pass_event && result_.faults.empty()) follow_preferences();
        result_.complete = result_.faults.empty() && !result_.pass_event && all_taken();
        return std::move(result_);
    }

private:
    [[nodiscard]] bool all_taken() const { return holders_.size() == session_.regions.size(); }

    /// Whose turn comes next: rank 1 for its extra picks, then everyone in rank order, again and
    /// again.
    [[nodiscard]] std::optional<SupplierIndex> picker() const {
        if (all_taken() || session_.pickers.empty()) return std::nullopt;
        const auto made = static_cast<std::int64_t>(result_.turns.size());
        if (made < session_.first_extra_picks) return session_.pickers.front();
        const auto in_cycle = static_cast<std::size_t>(made - session_.first_extra_picks);
        return session_.pickers[in_cycle % session_.pickers.size()];
    }

    [[nodiscard]] std::optional<RegionIndex> region_named(const std::string& name) const {
        for (const RegionIndex region : session_.regions) {
            if (round_.regions[region] == name) return region;
        }
        return std::nullopt;
    }

    [[nodiscard]] const std::string& name_of(SupplierIndex supplier) const {
        return round_.suppliers[supplier].id;
    }

    void fault(
        const char* key,
        const round::Event& event,
        std::vector<std::pair<std::string, std::string>> more
    ) {
        std::vector<std::pair<std::string, std::string>> arguments{
            {"seq", std::to_string(event.seq)},
            {"lot", round_.lots[event.lot].id},
            {"supplier", event.supplier ? name_of(*event.supplier) : ""},
        };
        for (auto& argument : more) arguments.push_back(std::move(argument));
        result_.faults.push_back({key, std::move(arguments)});
    }

    void take(SupplierIndex supplier, RegionIndex region, const char* source) {
        holders_[region] = supplier;
        result_.turns.push_back(
            {static_cast<std::int64_t>(result_.turns.size()) + 1, supplier, region, source}
        );
    }

    /// Whether it is the event's supplier's turn; records the fault when not.
    bool is_turn_of(const round::Event& event) {
        const std::optional<SupplierIndex> expected = picker();
        if (!expected) {
            fault("refusal.pick_after_end", event, {});
            return false;
        }
        if (*expected != *event.supplier) {
            fault(
                "refusal.pick_out_of_turn",
                event,
                {{"expected", name_of(*expected)},
                 {"turn", std::to_string(result_.turns.size() + 1)}}
            );
            return false;
        }
        return true;
    }

    void replay_pick(const round::Event& event) {
        const std::optional<RegionIndex> region = region_named(event.value);
        if (!region) {
            fault("refusal.pick_not_in_round", event, {{"region", event.value}});
            return;
        }
        if (!is_turn_of(event)) return;
        const auto holder = holders_.find(*region);
        if (holder != holders_.end()) {
            fault(
                "refusal.pick_taken",
                event,
                {{"region", event.value}, {"holder", name_of(holder->second)}}
            );
            return;
        }
        if (refused_.count({*event.supplier, *region}) > 0) {
            fault("refusal.pick_refused_by_region", event, {{"region", event.value}});
            return;
        }
        take(*event.supplier, *region, "event");
    }

    /// A province refuses a picker: it may not take that region, and takes back its last pick of
    /// it.
    void replay_refusal(const round::Event& event) {
        const std::optional<RegionIndex> region = region_named(event.value);
        if (!region) {
            fault("refusal.pick_not_in_round", event, {{"region", event.value}});
            return;
        }
        if (!session_.region_may_refuse) {
            fault("refusal.region_may_not_refuse", event, {{"region", event.value}});
            return;
        }
        refused_.insert({*event.supplier, *region});
        if (!result_.turns.empty() && result_.turns.back().region == region &&
            result_.turns.back().supplier == *event.supplier) {
            holders_.erase(*region);
            result_.turns.pop_back();
        }
    }

    void replay_events() {
        for (std::size_t i = session_.first_event; i < round_.events.size(); ++i) {
            const round::Event& event = round_.events[i];
            if (event.lot != session_.lot || !event.supplier) continue;
            if (event.kind == round::EventKind::region_pick) replay_pick(event);
            if (event.kind == round::EventKind::region_refused) replay_refusal(event);
            if (event.kind == round::EventKind::region_pass) {
                // A pass needs no preferences before it: the list of wishes of the others is
                // followed up to the passer's turn.
                follow_preferences_until(*event.supplier);
                if (is_turn_of(event)) result_.pass_event = i;
            }
            if (result_.pass_event || !result_.faults.empty()) return;
        }
    }

    /// The first free region on the picker's list that has not refused it.
    [[nodiscard]] std::optional<RegionIndex> wish_of(SupplierIndex supplier) const {
        for (const round::Preference& preference : round_.preferences) {
            if (preference.lot != session_.lot || preference.supplier != supplier) continue;
            const bool of_lot =
                std::find(session_.regions.begin(), session_.regions.end(), preference.region) !=
                session_.regions.end();
            if (!of_lot || holders_.count(preference.region) > 0) continue;
            if (refused_.count({supplier, preference.region}) > 0) continue;
            return preference.region;
        }
        return std::nullopt;
    }

    /// The last region of all, or all of them for a sole winner, need no wish.
    [[nodiscard]] std::optional<RegionIndex> only_choice(SupplierIndex supplier) const {
        if (session_.pickers.size() > 1) return std::nullopt;
        for (const RegionIndex region : session_.regions) {
            if (holders_.count(region) == 0 && refused_.count({supplier, region}) == 0)
                return region;
        }
        return std::nullopt;
    }

    bool step_by_preference() {
        const std::optional<SupplierIndex> next = picker();
        if (!next) return false;
        if (const auto wish = wish_of(*next)) {
            take(*next, *wish, "preference");
            return true;
        }
        if (const auto only = only_choice(*next)) {
            take(*next, *only, "only_supplier");
            return true;
        }
        return false;
    }

    void follow_preferences_until(SupplierIndex supplier) {
        while (picker() && *picker() != supplier && step_by_preference()) {
        }
    }

    void follow_preferences() {
        while (step_by_preference()) {
        }
        const std::optional<SupplierIndex> next = picker();
        if (next) {
            result_.turns.push_back(
                {static_cast<std::int64_t>(result_.turns.size()) + 1, *next, std::nullopt, "open"}
            );
        }
    }

    const round::Round& round_;
    const PickingSession& session_;
    std::map<RegionIndex, SupplierIndex> holders_;
    std::set<std::pair<SupplierIndex, RegionIndex>> refused_;
    PickingResult result_;
};

}  // namespace

PickingResult pick_regions(const round::Round& round, const PickingSession& session) {
    return Session(round, session).run();
}

bool has_picks(const round::Round& round, round::LotIndex lot) {
    const bool event = std::any_of(round.events.begin(), round.events.end(), [&](const auto& e) {
        return e.lot == lot && (e.kind == round::EventKind::region_pick ||
                                e.kind == round::EventKind::region_pass ||
                                e.kind == round::EventKind::region_refused);
    });
    return event || std::any_of(
                        round.preferences.begin(),
                        round.preferences.end(),
                        [&](const round::Preference& preference) { return preference.lot == lot; }
                    );
}

}  // namespace jicai::allocation
