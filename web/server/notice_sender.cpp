#include <catalogs/messages/words.h>
#include <engine/catalogue/holidays.h>
#include <engine/notices/deadlines.h>
#include <engine/notices/outbox.h>
#include <web/server/notice_rows.h>
#include <web/server/notice_sender.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace jicai::web {
namespace {

constexpr std::chrono::milliseconds kPause{1000};
constexpr std::int64_t kSpreadAtOnce = 100;
constexpr std::int64_t kSentAtOnce = 20;
constexpr std::size_t kGivenMax = 10'000;
/// A server that is slow holds up one of them.
constexpr std::size_t kSenders = 4;

const std::string& address_of(const ports::ChannelSettings& settings, ports::Channel channel) {
    if (channel == ports::Channel::email) return settings.email;
    return channel == ports::Channel::sms ? settings.phone : settings.webhook;
}

}  // namespace

struct NoticeSender::Parts {
    Services& services;
    ChannelOptions options;
    Log log;
    std::unique_ptr<ports::MessageChannel> mail;
    std::unique_ptr<ports::MessageChannel> sms;
    std::unique_ptr<ports::MessageChannel> webhook;
    notices::Channels channels;
    std::set<std::string> given;  ///< reminders known to be given
    std::mutex mutex;
    std::condition_variable stopped;
    bool stop = false;
    std::thread reminding;
    std::thread spreading;
    std::vector<std::thread> sending;

    Parts(Services& s, const ChannelOptions& o, Log l)
        : services(s),
          options(o),
          log(std::move(l)),
          mail(make_mail_channel(o)),
          sms(make_sms_channel(o)),
          webhook(make_webhook_channel(o)) {
        if (mail) channels[ports::Channel::email] = mail.get();
        if (sms) channels[ports::Channel::sms] = sms.get();
        if (webhook) channels[ports::Channel::webhook] = webhook.get();
    }

    template <typename Work>
    void loop(const char* event, Work work) {
        std::unique_lock<std::mutex> lock(mutex);
        while (!stop) {
            lock.unlock();
            bool more = false;
            try {
                more = work();
            } catch (const ports::StoreUnavailable&) {
                // Comes back; every request says so too.
            } catch (const std::exception& error) {
                log(event, error.what());
            }
            lock.lock();
            if (!more) stopped.wait_for(lock, kPause, [this] { return stop; });
        }
    }

    bool remind() {
        const ports::Moment now = services.clock.now();
        std::vector<notices::Reminder> due;
        services.store.read([&](ports::Transaction& transaction) {
            const auto calendar = catalogue::calendar(transaction);
            due = notices::reminders_at(transaction, calendar, now);
        });
        std::erase_if(due, [&](const notices::Reminder& each) {
            return given.count(each.once()) != 0;
        });
        if (due.empty()) return false;
        services.store.write([&](ports::Transaction& transaction) {
            notices::remind(transaction, due, now);
        });
        if (given.size() > kGivenMax) given.clear();
        for (const notices::Reminder& each : due) given.insert(each.once());
        return false;
    }

    bool stopping() {
        const std::lock_guard<std::mutex> lock(mutex);
        return stop;
    }

    /// Makes letters of notices: never waits for a server.
    bool spread() {
        std::int64_t spread = 0;
        services.store.write([&](ports::Transaction& transaction) {
            spread = transaction.notices().spread(kSpreadAtOnce, services.clock.wall());
        });
        return spread == kSpreadAtOnce;
    }

    bool send() {
        // One by one: a stop waits for one server that does not answer, not for twenty.
        std::int64_t tried = 0;
        while (tried < kSentAtOnce && !stopping()) {
            const std::int64_t sent = notices::deliver(
                services.store,
                channels,
                {.first_seconds = options.retry_seconds},
                [this](auto& transaction, const auto& delivery, const auto& notice) {
                    return written(transaction, delivery, notice);
                },
                [this] { return services.clock.wall(); },
                1
            );
            if (sent == 0) break;
            tried += sent;
        }
        return tried == kSentAtOnce;
    }

    /// A fault of ours goes to the log, without what the letter says.
    ports::Letter written(
        ports::Transaction& transaction,
        const ports::Delivery& delivery,
        const ports::Notice& notice
    ) {
        try {
            return letter(transaction, delivery, notice);
        } catch (const ports::StoreUnavailable&) {
            throw;
        } catch (const std::exception& error) {
            log("letter_failed", std::to_string(delivery.id) + ": " + error.what());
            throw;
        }
    }

    ports::Letter letter(
        ports::Transaction& transaction,
        const ports::Delivery& delivery,
        const ports::Notice& notice
    ) {
        const auto user = transaction.people().user(delivery.user);
        const bool english = user && user->language == "en";
        const catalogs::Words words(
            services.words, english ? catalogs::Language::en : catalogs::Language::zh
        );
        const NoticeWords said = words_of(words, notice);
        ports::Letter letter;
        letter.id = "jicai-" + installation(transaction) + "-" + std::to_string(delivery.id);
        letter.address = delivery.address;
        letter.title = said.title;
        letter.text = said.text;
        letter.kind = notice.kind;
        letter.round = notice.round;
        letter.at = ports::beijing_text(notice.at);
        if (!options.public_address.empty()) {
            letter.link = options.public_address + "/messages/" + std::to_string(notice.id);
        }
        const auto settings = transaction.notices().channels(delivery.user);
        if (!user || !user->active || !settings ||
            address_of(*settings, delivery.channel) != delivery.address) {
            letter.address.clear();
        } else if (delivery.channel == ports::Channel::webhook) {
            letter.secret = services.secrets.open(settings->webhook_secret).value_or("");
        }
        return letter;
    }

    /// Tells this database's letters from those of another.
    std::string installation(ports::Transaction& transaction) {
        constexpr const char* kSetting = "notices.installation";
        constexpr std::size_t kCharacters = 12;
        if (const auto known = transaction.settings().get(kSetting)) return *known;
        const std::string made =
            services.secrets.digest(services.secrets.random_bytes(16)).substr(0, kCharacters);
        transaction.settings().set(kSetting, made);
        return made;
    }
};

NoticeSender::NoticeSender(Services& services, const ChannelOptions& options, Log log)
    : parts_(std::make_unique<Parts>(services, options, std::move(log))) {
    Parts& parts = *parts_;
    parts.reminding = std::thread([&parts] {
        parts.loop("reminders_failed", [&parts] { return parts.remind(); });
    });
    parts.spreading = std::thread([&parts] {
        parts.loop("deliveries_failed", [&parts] { return parts.spread(); });
    });
    for (std::size_t i = 0; i < kSenders; ++i) {
        parts.sending.emplace_back([&parts] {
            parts.loop("deliveries_failed", [&parts] { return parts.send(); });
        });
    }
}

NoticeSender::~NoticeSender() {
    {
        const std::lock_guard<std::mutex> lock(parts_->mutex);
        parts_->stop = true;
    }
    parts_->stopped.notify_all();
    parts_->reminding.join();
    parts_->spreading.join();
    for (std::thread& each : parts_->sending) each.join();
}

}  // namespace jicai::web
