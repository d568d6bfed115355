#include <engine/money/check.h>
#include <engine/ports/store.h>

namespace jicai::ports {

ProcedureStore& Transaction::procedure() {
    throw BrokenInvariant("no procedure store here");
}

DocumentStore& Transaction::documents() {
    throw BrokenInvariant("no document store here");
}

}  // namespace jicai::ports
