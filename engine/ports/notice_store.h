#pragma once

#include <engine/access/role.h>
#include <engine/decision/message.h>
#include <engine/ports/clock.h>
#include <engine/ports/page.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// The message centre as it is kept: notices, to whom they go, who has read and signed for them,
/// and what is sent out by e-mail, SMS and webhook.

namespace jicai::ports {

/// To whom a notice goes: people with one of `roles` in one of `organisations` or in an
/// organisation of the region `within`. Who that is follows from the accounts at the time of
/// reading: whoever gets the role later finds the notice too.
struct Audience {
    std::vector<access::Role> roles = {};          ///< empty: any role
    std::vector<std::int64_t> organisations = {};  ///< these, beside those of `within`
    std::string within = {};  ///< a region and all below it; empty: none. Neither: everybody
};

/// A notice to be given. Its words are `message` (rendered in the reader's language: the title is
/// the message of that key, the text that of the key with "_text" behind it), or, where that has no
/// key, `title` and `text` as somebody wrote them.
struct NewNotice {
    std::string round = {};  ///< what it is about; empty: none
    std::string kind = {};   ///< "message", "deadline", "report" …: message notice_kind.<kind>
    decision::Message message = {};
    std::string title = {};         ///< at most 200 characters
    std::string text = {};          ///< at most 20,000 characters
    std::int64_t organisation = 0;  ///< who gives it; 0: the service itself
    std::int64_t user = 0;
    Moment at = {};  ///< of the clock of rounds
    bool must_sign = false;
    std::optional<Moment> due = {};  ///< until when to sign or to act
    std::string link = {};           ///< path in the browser interface; empty: none
    Audience audience = {};
    /// The same notice is given once: where a notice with this text is there, nothing happens.
    std::string once = {};  ///< "deadline:R-1:2:1795397400000000:4320"; empty: give it anyway
};

struct Notice : NewNotice {
    std::int64_t id = 0;
};

/// Who reads: what of a person decides which notices are theirs.
struct Reader {
    std::int64_t user = 0;
    std::int64_t organisation = 0;
    std::string region = {};
    std::vector<access::Role> roles = {};
};

/// A notice as one person finds it. Reading is a person's; signing for it is an organisation's: one
/// of its people does it for all.
struct ReadNotice {
    Notice notice;
    std::string from_name;  ///< of the organisation; empty: the service
    std::optional<Moment> read_at;
    std::optional<Moment> signed_at;
    std::string signed_by;  ///< name of who signed
};

enum class NoticeState : std::uint8_t { all, unread, to_sign, sent };

struct NoticeQuery {
    Reader reader;
    /// `to_sign`: must be signed for and is not yet. `sent`: those the reader's organisation gave.
    NoticeState state = NoticeState::all;
    std::string round = {};
    std::string text = {};  ///< part of a title that somebody wrote
    std::int64_t only = 0;  ///< this notice alone; 0: all
    Page page = {};         ///< newest first
};

struct NoticeCounts {
    std::int64_t unread = 0;
    std::int64_t to_sign = 0;
};

/// An organisation a notice went to, and how far it is with it.
struct Recipient {
    std::int64_t organisation = 0;
    std::string code;
    std::string name;
    std::string region;
    std::int64_t people = 0;        ///< active accounts of the audience
    std::int64_t people_read = 0;   ///< of them
    std::optional<Moment> read_at;  ///< the first reading
    std::optional<Moment> signed_at;
    std::string signed_by;
};

enum class RecipientState : std::uint8_t { all, unread, read, unsigned_, signed_ };

struct RecipientQuery {
    std::int64_t notice = 0;
    RecipientState state = RecipientState::all;
    std::string text = {};    ///< part of code or name
    std::string within = {};  ///< a region and all below it; empty: all
    Page page = {};           ///< by region and code
};

/// How many organisations got a notice, have read it (one person at least), have signed for it.
struct ReceiptCounts {
    std::int64_t recipients = 0;
    std::int64_t read = 0;
    std::int64_t signed_ = 0;
};

/// The numbers are stored and stay.
enum class Channel : std::uint8_t { email = 1, sms = 2, webhook = 3 };

/// Where a person wants to be told beside the message centre. None stored: nowhere.
struct ChannelSettings {
    std::int64_t user = 0;
    std::string email;               ///< empty: no e-mail
    std::string phone;               ///< empty: no SMS
    std::string webhook;             ///< "https://…"; empty: none
    std::string webhook_secret;      ///< sealed by the service's key; signs what is posted
    std::vector<std::string> kinds;  ///< of notices; empty: all
    std::int64_t version = 0;        ///< 0: not stored yet
};

/// The numbers are stored and stay.
enum class DeliveryState : std::uint8_t { waiting = 1, sending = 2, sent = 3, failed = 4 };

/// One notice to one person on one channel.
struct Delivery {
    std::int64_t id = 0;
    std::int64_t notice = 0;
    std::int64_t user = 0;
    Channel channel = Channel::email;
    std::string address;
    DeliveryState state = DeliveryState::waiting;
    std::int64_t tries = 0;
    Moment next_at;       ///< of the wall: not before; while sending: when the hold ends
    std::string failure;  ///< of the last try, for administrators; holds no secret
};

struct DeliveryCounts {
    std::int64_t waiting = 0;  ///< those being sent included
    std::int64_t failed = 0;   ///< given up
};

class NoticeStore {
public:
    virtual ~NoticeStore() = default;
    /// Returns the new id; 0: a notice with this `once` is there already.
    virtual std::int64_t add(const NewNotice& notice) = 0;
    virtual std::optional<Notice> notice(std::int64_t id) = 0;
    virtual Found<ReadNotice> find(const NoticeQuery& query) = 0;
    /// At most 1,000 each are counted.
    virtual NoticeCounts counts(const Reader& reader) = 0;
    /// Notes the first reading; a later one changes nothing.
    virtual void mark_read(std::int64_t notice, std::int64_t user, Moment at) = 0;
    /// Signs for the reader's organisation. False: it has signed already.
    virtual bool sign(
        std::int64_t notice, const Reader& reader, const std::string& name, Moment at
    ) = 0;
    /// Organisations with a person of the audience now, and those the audience names.
    virtual Found<Recipient> recipients(const RecipientQuery& query) = 0;
    virtual ReceiptCounts receipts(std::int64_t notice) = 0;

    virtual std::optional<ChannelSettings> channels(std::int64_t user) = 0;
    /// Adds or replaces. False: somebody was faster (version).
    virtual bool save(const ChannelSettings& settings) = 0;

    /// Makes deliveries of notices that have none yet, for everybody with channels. Returns how
    /// many notices were taken, at most `notices_max`.
    virtual std::int64_t spread(std::int64_t notices_max, Moment wall) = 0;
    /// What may be tried now: waiting and due, or held by somebody who did not come back.
    virtual std::vector<Delivery> due(Moment wall, std::int64_t deliveries_max) = 0;
    /// Takes a delivery for one try. False: somebody else has taken it.
    virtual bool hold(const Delivery& delivery, Moment until) = 0;
    /// What became of the try: state, next_at, failure. \pre held by the caller.
    virtual void finish(const Delivery& delivery) = 0;
    virtual DeliveryCounts deliveries() = 0;
};

}  // namespace jicai::ports
