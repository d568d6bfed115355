#include <web/server/route.h>

namespace jicai::web {

// One line for each route, defined in routes/<name>.cpp.

// --- operation of the service
Route get_healthz();
Route get_readyz();
Route get_metrics();
Route get_openapi();
Route get_service();
Route put_clock();
Route get_operations();

// --- sessions, people, keys, audit
Route get_session();
Route sign_in();
Route sign_out();
Route end_other_sessions();
Route change_language();
Route change_password();
Route enrol_second_factor();
Route confirm_second_factor();
Route get_regions();
Route get_organisations();
Route add_organisation();
Route get_organisation();
Route change_organisation();
Route get_users();
Route add_user();
Route get_user();
Route change_user();
Route grant_roles();
Route reset_password();
Route unlock_user();
Route reset_second_factor();
Route end_user_sessions();
Route get_sessions();
Route get_keys();
Route add_key();
Route rotate_key();
Route revoke_key();
Route get_audit();
Route get_audit_entry();
Route get_audit_verification();

// --- tables and catalogues
Route get_tables();
Route get_table_template();
Route add_import();
Route get_imports();
Route get_import();
Route get_import_errors();
Route accept_import();
Route get_hospitals();
Route get_hospital();
Route add_hospital();
Route change_hospital();
Route get_observations();
Route add_observation();
Route get_observation();
Route exclude_observation();
Route restore_observation();
Route get_price_reviews();
Route decide_price_review();
Route get_product_prices();
Route get_column_mapping();
Route change_column_mapping();
Route get_products();
Route get_product();
Route add_product();
Route change_product();
Route get_product_kinds();
Route get_region_list();
Route get_holidays();
Route change_holidays();

// --- message centre
Route get_notices();
Route send_notice();
Route get_notice();
Route receive_notice();
Route get_notice_recipients();
Route get_reporting_calendar();
Route get_channels();
Route change_channels();

// --- rounds, rulebooks, first page
Route get_home();
Route get_rounds();
Route get_round();
Route get_lots();
Route get_lot();
Route get_lot_bids();
Route get_volumes();
Route get_volume_regions();
Route get_supply();
Route get_allocations();
Route get_award_table();
Route get_round_folder();
Route get_certificate();
Route get_verification();
Route get_rulebooks();
Route get_rulebook();
Route get_rulebook_differences();

// --- volume reports
Route get_reports();
Route get_report();
Route save_report();
Route take_report_step();
Route add_late_filing();
Route get_volume_sums();
Route get_reporting();

// --- rounds set up and at work
Route add_round();
Route change_round();
Route import_round_folder();
Route get_round_setup();
Route get_deadline();
Route change_round_lots();
Route change_round_rulebook();
Route sign_round();
Route accept_round_values();
Route set_round_deadline();
Route pass_round_on();
Route add_document();
Route get_documents();
Route get_document();
Route get_inquiries();
Route add_inquiry();
Route answer_inquiry();
Route get_corrections();
Route add_correction();
Route confirm_correction();
Route get_promises();
Route add_promise();
Route get_qualifications();
Route set_qualifications();
Route change_lot_state();
Route get_round_events();

// --- listing register
Route get_listings();
Route get_listing();
Route add_listing();
Route declare_listing();
Route change_listing_state();
Route change_listing();
Route get_filed_purchases();
Route add_filed_purchase();
Route decide_filed_purchase();
Route get_compensations();
Route get_price_rises();
Route add_price_rise();
Route decide_price_rise();
Route get_order_check();
Route get_public_prices();

const std::vector<Route>& route_table() {
    static const std::vector<Route> table = {
        // --- operation of the service
        get_healthz(),
        get_readyz(),
        get_metrics(),
        get_openapi(),
        get_service(),
        put_clock(),
        get_operations(),

        // --- sessions, people, keys, audit
        get_session(),
        sign_in(),
        sign_out(),
        end_other_sessions(),
        change_language(),
        change_password(),
        enrol_second_factor(),
        confirm_second_factor(),
        get_regions(),
        get_organisations(),
        add_organisation(),
        get_organisation(),
        change_organisation(),
        get_users(),
        add_user(),
        get_user(),
        change_user(),
        grant_roles(),
        reset_password(),
        unlock_user(),
        reset_second_factor(),
        end_user_sessions(),
        get_sessions(),
        get_keys(),
        add_key(),
        rotate_key(),
        revoke_key(),
        get_audit(),
        get_audit_entry(),
        get_audit_verification(),

        // --- tables and catalogues
        get_tables(),
        get_table_template(),
        add_import(),
        get_imports(),
        get_import(),
        get_import_errors(),
        accept_import(),
        get_hospitals(),
        get_hospital(),
        add_hospital(),
        change_hospital(),
        get_observations(),
        add_observation(),
        get_observation(),
        exclude_observation(),
        restore_observation(),
        get_price_reviews(),
        decide_price_review(),
        get_product_prices(),
        get_column_mapping(),
        change_column_mapping(),
        get_products(),
        get_product(),
        add_product(),
        change_product(),
        get_product_kinds(),
        get_region_list(),
        get_holidays(),
        change_holidays(),

        // --- message centre
        get_notices(),
        send_notice(),
        get_notice(),
        receive_notice(),
        get_notice_recipients(),
        get_reporting_calendar(),
        get_channels(),
        change_channels(),

        // --- rounds, rulebooks, first page
        get_home(),
        get_rounds(),
        get_round(),
        get_lots(),
        get_lot(),
        get_lot_bids(),
        get_volumes(),
        get_volume_regions(),
        get_supply(),
        get_allocations(),
        get_award_table(),
        get_round_folder(),
        get_certificate(),
        get_verification(),
        get_rulebooks(),
        get_rulebook(),
        get_rulebook_differences(),

        // --- volume reports
        get_reports(),
        get_report(),
        save_report(),
        take_report_step(),
        add_late_filing(),
        get_volume_sums(),
        get_reporting(),

        // --- rounds set up and at work
        add_round(),
        change_round(),
        import_round_folder(),
        get_round_setup(),
        get_deadline(),
        change_round_lots(),
        change_round_rulebook(),
        sign_round(),
        accept_round_values(),
        set_round_deadline(),
        pass_round_on(),
        add_document(),
        get_documents(),
        get_document(),
        get_inquiries(),
        add_inquiry(),
        answer_inquiry(),
        get_corrections(),
        add_correction(),
        confirm_correction(),
        get_promises(),
        add_promise(),
        get_qualifications(),
        set_qualifications(),
        change_lot_state(),
        get_round_events(),

        // --- listing register
        get_listings(),
        get_listing(),
        add_listing(),
        declare_listing(),
        change_listing_state(),
        change_listing(),
        get_filed_purchases(),
        add_filed_purchase(),
        decide_filed_purchase(),
        get_compensations(),
        get_price_rises(),
        add_price_rise(),
        decide_price_rise(),
        get_order_check(),
        get_public_prices(),
    };
    return table;
}

}  // namespace jicai::web
