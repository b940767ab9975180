#include "reports/saved/parse_document.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "reports/saved/limited_parser.h"

namespace referee::reports {
std::optional<Results> parse_document(std::string_view text, DocumentLimits limits) {
  Results document;
  limits.values += text.size() / limits.bytes_of_each_more;
  LimitedParser parser(document, limits);
  if (!Results::sax_parse(text, &parser)) return std::nullopt;
  return document;
}

std::optional<std::string> bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string bytes;
  std::string piece(1 << 16, '\0');
  while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0) {
    bytes.append(piece, 0, static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) return std::nullopt;
  return bytes;
}

}  // namespace referee::reports
