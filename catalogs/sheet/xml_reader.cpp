#include <catalogs/sheet/xml_reader.h>

#include <expat.h>

#include <memory>

namespace jicai::catalogs::sheet {
namespace {

constexpr int kDepthMax = 64;

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct State {
    XmlHandler& handler;
    XML_Parser parser;
    int depth = 0;
    const char* refused = nullptr;

    void refuse(const char* why) {
        if (refused == nullptr) refused = why;
        XML_StopParser(parser, XML_FALSE);
    }
};

void XMLCALL on_begin(void* data, const XML_Char* name, const XML_Char** attributes) {
    State& state = *static_cast<State*>(data);
    if (++state.depth > kDepthMax) return state.refuse("nested too deeply");
    state.handler.begin(local_name(name), Attributes(attributes));
}

void XMLCALL on_end(void* data, const XML_Char* name) {
    State& state = *static_cast<State*>(data);
    --state.depth;
    state.handler.end(local_name(name));
}

void XMLCALL on_text(void* data, const XML_Char* characters, int length) {
    State& state = *static_cast<State*>(data);
    state.handler.text({characters, static_cast<std::size_t>(length)});
}

void XMLCALL on_doctype(
    void* data,
    const XML_Char* /*name*/,
    const XML_Char* /*system*/,
    const XML_Char* /*public*/,
    int
) {
    static_cast<State*>(data)->refuse("document type");
}

}  // namespace

std::string_view Attributes::operator[](std::string_view name) const {
    for (const char** at = list_; *at != nullptr; at += 2) {
        if (local_name(at[0]) == name) return at[1];
    }
    return {};
}

bool read_xml(
    ZipParts& parts, const std::string& part, XmlHandler& handler, text_table::FaultList& faults
) {
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(
        XML_ParserCreate(nullptr), &XML_ParserFree
    );
    State state{handler, parser.get()};
    XML_SetUserData(parser.get(), &state);
    XML_SetElementHandler(parser.get(), &on_begin, &on_end);
    XML_SetCharacterDataHandler(parser.get(), &on_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), &on_doctype);
    bool sound = true;
    const auto parse = [&](std::string_view piece, bool last) {
        const XML_Status status =
            XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
        if (status == XML_STATUS_OK) return true;
        const char* why = state.refused != nullptr
                              ? state.refused
                              : XML_ErrorString(XML_GetErrorCode(parser.get()));
        faults.add(text_table::FaultKind::workbook_damaged, {}, {{"detail", part + ": " + why}});
        return false;
    };
    const bool read = parts.read(part, [&](std::string_view piece) {
        sound = parse(piece, false);
        return sound && !handler.is_done() ? Take::more : Take::stop;
    });
    if (!read || !sound) return false;
    return handler.is_done() || parse({}, true);
}

}  // namespace jicai::catalogs::sheet
