#pragma once

#include <catalogs/messages/words.h>
#include <engine/notices/message_centre.h>
#include <web/server/lists.h>
#include <web/server/request.h>
#include <web/server/services.h>

#include <string>

/// \file
/// Notices and their recipients as the API shows them, in the reader's language.

namespace jicai::web {

/// Title and text of a notice for a reader.
struct NoticeWords {
    std::string title;
    std::string text;
};
[[nodiscard]] NoticeWords words_of(const catalogs::Words& words, const ports::Notice& notice);

/// A row of the list: when, from whom, what about, what is to be done, how far it is.
[[nodiscard]] decision::Json::Object notice_row(
    const Services& services, const Request& request, const ports::ReadNotice& read
);
/// The same with text and, for whoever may see them, how many have received it.
[[nodiscard]] decision::Json::Object notice_page(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const ports::ReadNotice& read
);
[[nodiscard]] decision::Json::Object recipient_row(
    const Services& services,
    const Request& request,
    const ports::Notice& notice,
    const ports::Recipient& recipient
);

/// Their members, for schemas.
[[nodiscard]] decision::Json::Object notice_members();
[[nodiscard]] decision::Json::Object notice_page_members();
[[nodiscard]] decision::Json::Object recipient_members();

}  // namespace jicai::web
