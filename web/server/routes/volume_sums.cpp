#include <web/server/lists.h>
#include <web/server/live_volumes.h>
#include <web/server/people_rows.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>
#include <web/server/volume_pages.h>
#include <web/server/volume_plan.h>

#include <algorithm>
#include <map>

namespace jicai::web {
namespace {

using decision::Json;

VolumeLevel level_of(const std::string& name) {
    if (name == "country") return VolumeLevel::country;
    if (name == "city") return VolumeLevel::city;
    return name == "county" ? VolumeLevel::county : VolumeLevel::province;
}

Counted counted_of(const std::string& name) {
    if (name == "all") return Counted::all;
    return name == "confirmed" ? Counted::confirmed : Counted::submitted;
}

Answer handle(const Request& request, Services& services) {
    VolumeView view;
    std::shared_ptr<const volumes::RoundPlan> plan;
    services.store.read([&](ports::Transaction& transaction) {
        view = volume_view(transaction, request, false);
        need_sums(services, request, view);
        plan = volume_plan(transaction, view.round, request.now);
    });
    VolumeSumsAsked asked;
    asked.level = level_of(request.parameter("level"));
    asked.counted = counted_of(request.parameter("counted"));
    asked.within = view.within(request, request.parameter("within"));
    asked.lot = request.parameter("lot");
    std::vector<VolumeSum> sums;
    if (asked.within != "none") sums = services.live_volumes->sums(view.round.id, asked);
    std::map<std::string, std::size_t> order;
    for (std::size_t i = 0; i < plan->lots.size(); ++i) order[plan->lots[i].id] = i;
    const auto position = [&](const VolumeSum& sum) {
        const auto found = order.find(sum.lot);
        return found == order.end() ? order.size() : found->second;
    };
    std::stable_sort(sums.begin(), sums.end(), [&](const VolumeSum& a, const VolumeSum& b) {
        return position(a) < position(b);
    });
    const ports::Page page = page_of(request);
    std::vector<Json::Object> rows;
    const auto total = static_cast<std::int64_t>(sums.size());
    for (std::int64_t i = page.offset; i < total && i < page.offset + page.size; ++i) {
        const VolumeSum& sum = sums[static_cast<std::size_t>(i)];
        const volumes::PlanLot* const lot = plan->find(sum.lot);
        rows.push_back(
            {{"lot", sum.lot},
             {"name", lot == nullptr ? std::string() : lot->name},
             {"spec", sum.spec},
             {"brand", sum.brand},
             {"region_text", region_name(services, request, sum.region)},
             {"quantity", std::to_string(sum.units)},
             {"hospitals", sum.hospitals},
             {"region", sum.region}}
        );
    }
    List list = list_of(
        "volume_sums",
        {"lot", "name", "spec", "brand", "region_text", "quantity", "hospitals"},
        {"hospitals"},
        std::move(rows),
        total
    );
    for (auto& column : list.table.columns) {
        if (column.name == "quantity") column.kind = reports::ColumnKind::exact;
    }
    return list_answer(request, services, std::move(list));
}

}  // namespace

Route get_volume_sums() {
    using namespace schema;
    return {
        .path = "/api/rounds/{round}/volume-sums",
        .name = "get_volume_sums",
        .summary = "Sums of reported volumes as they stand at this moment",
        .action = access::Action::see_volumes,
        .parameters = list_parameters(
            {round_parameter(),
             {.name = "level",
              .kind = Parameter::Kind::choice,
              .choices = {"country", "province", "city", "county"}},
             {.name = "within", .description = "a region and all below it"},
             {.name = "lot", .description = "number of a lot"},
             {.name = "counted",
              .kind = Parameter::Kind::choice,
              .choices = {"all", "submitted", "confirmed"}}}
        ),
        .answer_schema = list(
            {{"lot", text()},
             {"name", text(500)},
             {"spec", text()},
             {"brand", text()},
             {"region_text", text()},
             {"quantity", text()},
             {"hospitals", number()},
             {"region", text(6)}}
        ),
        .answer_types = list_types(),
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
