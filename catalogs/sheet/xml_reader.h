#pragma once

#include <catalogs/sheet/zip_parts.h>

#include <string>
#include <string_view>

/// \file
/// XML of a workbook's parts, read as it unpacks.

namespace jicai::catalogs::sheet {

/// The attributes of an element, valid while it begins.
class Attributes {
public:
    explicit Attributes(const char** list) : list_(list) {}
    /// By local name ("id" finds r:id); empty when it is not there.
    [[nodiscard]] std::string_view operator[](std::string_view name) const;

private:
    const char** list_;
};

/// What wants to know of a part. Names come without their prefix.
class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual void begin(std::string_view name, const Attributes& attributes) = 0;
    virtual void end(std::string_view name) = 0;
    /// Characters, possibly in several pieces.
    virtual void text(std::string_view characters) = 0;
    /// Asked after each piece of the part: true ends the reading without a fault.
    [[nodiscard]] virtual bool is_done() const { return false; }
};

/// Reads a part. False after a fault: those of ZipParts::read, and workbook_damaged for what is no
/// XML, for a document type (entities of one's own are a way to attack) and for elements nested
/// deeper than any office program writes.
bool read_xml(
    ZipParts& parts, const std::string& part, XmlHandler& handler, text_table::FaultList& faults
);

}  // namespace jicai::catalogs::sheet
