#include <catalogs/round_archive/set_up_files.h>
#include <web/server/given_values.h>
#include <web/server/schema.h>

namespace jicai::web {

decision::Json given_schema() {
    return schema::array(
        schema::object(
            {{"path", schema::text(200, 1)},
             {"value", schema::text(1000, 1)},
             {"reason", schema::text(1000, 1)}}
        ),
        200
    );
}

void put_given(
    const Request& request,
    const setup::Doer& doer,
    std::map<std::string, std::string>& put,
    std::vector<std::string>& removed
) {
    std::vector<round::GivenParameter> given;
    for (const decision::Json& each : request.member("given").array()) {
        const auto& value = each.object();
        given.push_back(
            {value.at("path").text(),
             value.at("value").text(),
             doer.by.name,
             value.at("reason").text()}
        );
    }
    if (given.empty()) {
        removed.emplace_back("parameters.toml");
    } else {
        put["parameters.toml"] = catalogs::parameters_toml(given);
    }
}

}  // namespace jicai::web
