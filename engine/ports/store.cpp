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

}  // namespace jicai::ports
