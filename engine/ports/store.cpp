#include <engine/money/check.h>
#include <engine/ports/store.h>

namespace jicai::ports {

ProcedureStore& Transaction::procedure() {
    throw BrokenInvariant("no procedure store here");
}

DocumentStore& Transaction::documents() {
    throw BrokenInvariant("no document store here");
}

CatalogueStore& Transaction::catalogue() {
    throw BrokenInvariant("no catalogue store here");
}

ImportStore& Transaction::imports() {
    throw BrokenInvariant("no import store here");
}

NoticeStore& Transaction::notices() {
    throw BrokenInvariant("no notice store here");
}

PriceStore& Transaction::prices() {
    throw BrokenInvariant("no price store here");
}

ListingStore& Transaction::listings() {
    throw BrokenInvariant("no listing store here");
}

CampaignStore& Transaction::campaigns() {
    throw BrokenInvariant("no campaign store here");
}

}  // namespace jicai::ports
