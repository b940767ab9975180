#include "harness/cli/testing/hostile_answers.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>

namespace referee::cli::testing {

const std::string kIndexType = "Content-Type: application/vnd.oci.image.index.v1+json\r\n";
const std::string kEmptyList =
    R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]})";

namespace {

void says(http::RawConnection& client, const std::string& lines, const std::string& body = kEmptyList) {
  client.send(http::raw_response("HTTP/1.1 200 OK\r\n" + kIndexType + "Connection: close" + lines, body));
}

void endlessly(http::RawConnection& client, const std::string& head, const std::string& piece) {
  client.send("HTTP/1.1 200 OK\r\n" + kIndexType + head);
  while (client.send(piece)) {
  }
}

std::string repeated(const std::string& text, std::size_t bytes) {
  std::string all;
  while (all.size() < bytes) all += text;
  return all;
}

std::string list_of(const std::string& descriptor) {
  return R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)" + descriptor +
         "]}";
}

void redirects(http::RawConnection& client, const std::string& to) {
  client.send(http::raw_response("HTTP/1.1 307 Temporary Redirect\r\nConnection: close\r\nLocation: " + to));
}

// Different with each call, and it does not deflate to next to nothing.
std::string fresh_letters(std::size_t size) {
  static std::atomic<unsigned> calls{0};
  std::string letters;
  for (unsigned i = ++calls * 2654435761U; letters.size() < size; i = i * 1664525 + 1013904223) {
    letters += static_cast<char>('A' + (i >> 24) % 26);
  }
  return letters;
}

// A Link line that leads to a new page each time.
std::string fresh_link(const Place& place, std::size_t size) {
  return fmt::format("\r\nLink: <{}?page={}>; rel=\"next\"", place.path.substr(0, place.path.find('?')),
                     fresh_letters(size));
}

constexpr HostileAnswer kAnswers[] = {
    {"EndlessBody", [](auto& client, auto&) { endlessly(client, "\r\n", std::string(1 << 16, 'x')); }},
    {"EndlessJson", [](auto& client, auto&) { endlessly(client, "\r\n", repeated("[", 1 << 16)); }},
    {"EndlessChunks",
     [](auto& client, auto&) {
       endlessly(client, "Transfer-Encoding: chunked\r\n\r\n", "8000\r\n" + std::string(0x8000, ' ') + "\r\n");
     }},
    {"ByteASecond",
     [](auto& client, auto&) {
       client.send("HTTP/1.1 200 OK\r\n" + kIndexType + "Content-Length: 1000\r\n\r\n");
       client.drip(kEmptyList, 1, std::chrono::seconds(1));
     }},
    {"LongerThanItSays",
     [](auto& client, auto&) { client.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + kEmptyList); }},
    {"ShorterThanItSays",
     [](auto& client, auto&) { client.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + kEmptyList); }},
    {"LengthBeyondAllNumbers",
     [](auto& client, auto&) {
       client.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n" + kEmptyList);
     }},
    {"NegativeLength",
     [](auto& client, auto&) { client.send("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + kEmptyList); }},
    {"HalfClosed",
     [](auto& client, auto&) {
       client.send("HTTP/1.1 200 OK\r\n" + kIndexType + "Transfer-Encoding: chunked\r\n\r\n5\r\n{");
     }},
    {"FloodOfHeaders", [](auto& client, auto&) { endlessly(client, "", repeated("X-Flood: x\r\n", 1 << 16)); }},
    {"GiganticHeader", [](auto& client, auto&) { endlessly(client, "X-Gigantic: ", std::string(1 << 16, 'x')); }},
    {"FloodOfInformation",
     [](auto& client, auto&) {
       while (client.send(repeated("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 1 << 12))) {
       }
     }},
    {"GzipBomb",
     [](auto& client, auto&) {
       says(client, "\r\nContent-Encoding: gzip", "\x1F\x8B\x08" + repeated(std::string("\0\xFF", 2), 1 << 20));
     }},
    {"DeepJson", [](auto& client, auto&) { says(client, "", list_of(repeated(R"({"a":)", 4 << 20))); }},
    {"ManyValues", [](auto& client, auto&) { says(client, "", list_of(repeated("{},", 7 << 20) + "{}")); }},
    {"ManyNames",
     [](auto& client, auto&) {
       std::string members;
       for (int i = 0; i < 400'000; ++i) members += fmt::format(R"("{}":0,)", i);
       says(client, "", list_of("{" + members + R"("a":0})"));
     }},
    {"NumbersOutOfRange",
     [](auto& client, auto&) {
       says(client, "",
            list_of(R"({"mediaType":"a/b","digest":"sha256:0","size":1e999})") + R"( )" +
                list_of(R"({"mediaType":"a/b","digest":"sha256:0","size":-99999999999999999999999999})"));
     }},
    {"NegativeSize",
     [](auto& client, auto&) {
       says(client, "", list_of(R"({"mediaType":"a/b","digest":"sha256:0","size":-99999999999999999999999999})"));
     }},
    {"DuplicateKeys",
     [](auto& client, auto&) { says(client, "", R"({"manifests":[],"manifests":{},"manifests":null})"); }},
    {"InvalidUtf8",
     [](auto& client, auto&) { says(client, "", list_of("{\"mediaType\":\"\xFF\xC0\x80\xED\xA0\x80\"}")); }},
    {"ByteOrderMark", [](auto& client, auto&) { says(client, "", "\xEF\xBB\xBF" + kEmptyList); }},
    {"RedirectLoop", [](auto& client, auto& place) { redirects(client, place.url + place.path); }},
    {"EndlessRedirects",
     [](auto& client, auto& place) {
       redirects(client, place.url + place.path + (place.path.find('?') == std::string::npos ? "?x" : "x"));
     }},
    {"RedirectElsewhere", [](auto& client, auto& place) { redirects(client, place.elsewhere + place.path); }},
    {"RedirectToFile", [](auto& client, auto&) { redirects(client, "file:///etc/passwd"); }},
    {"RedirectToNothing", [](auto& client, auto&) { redirects(client, "http://[::1"); }},
    {"LinkElsewhere",
     [](auto& client, auto& place) { says(client, "\r\nLink: <" + place.elsewhere + "/v2/next>; rel=\"next\""); }},
    {"LinkToFile", [](auto& client, auto&) { says(client, "\r\nLink: <file:///etc/passwd>; rel=\"next\""); }},
    {"EndlessLinks",
     [](auto& client, auto& place) {
       static std::atomic<int> page{0};
       says(client,
            fmt::format("\r\nLink: <{}?page={}>; rel=\"next\"", place.path.substr(0, place.path.find('?')), ++page));
     }},
    {"EndlessLinksToLargePages",
     [](auto& client, auto& place) {
       static std::atomic<int> page{0};
       says(client,
            fmt::format("\r\nLink: <{}?page={}>; rel=\"next\"", place.path.substr(0, place.path.find('?')), ++page),
            list_of(R"({"mediaType":"a/b","annotations":{"a":")" + std::string(4 << 20, 'x') + R"("}})"));
     }},
    {"NeverTheSameTwice",
     [](auto& client, auto& place) {
       says(client, "\r\nX-Noise: " + fresh_letters(90 << 10) + fresh_link(place, 16),
            list_of(R"({"mediaType":"a/b","digest":"a:b","size":1,"x":")" + fresh_letters(90 << 10) + "\"}"));
     }},
    {"LinkOfCommas", [](auto& client, auto&) { says(client, "\r\nLink: " + repeated("a,", 90 << 10)); }},
    {"LinkOfLinks", [](auto& client, auto&) { says(client, "\r\nLink: " + repeated("<a>;rel=next,", 90 << 10)); }},
    {"FoldedLines",
     [](auto& client, auto&) { says(client, repeated("\r\nX-A: x", 9'000 * 8) + repeated("\r\n x", 40'000 * 4)); }},
    {"FreshReasons",
     [](auto& client, auto&) {
       client.send(http::raw_response(
           "HTTP/1.1 200 " + fresh_letters(90 << 10) + "\r\n" + kIndexType + "Connection: close", kEmptyList));
     }},
    {"FreshHeaderNames",
     [](auto& client, auto&) {
       std::string lines;
       for (int i = 0; i < 900; ++i) lines += "\r\nX-" + fresh_letters(40) + ": x";
       says(client, lines);
     }},
    {"FreshLinks", [](auto& client, auto& place) { says(client, fresh_link(place, 7 << 10)); }},
    {"FreshLinksThatAreLong", [](auto& client, auto& place) { says(client, fresh_link(place, 80 << 10)); }},
    {"ManyValidEntries",
     [](auto& client, auto&) {
       std::string entries;
       for (int i = 0; i < 30'000; ++i) {
         entries += fmt::format(
             R"({}{{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:{:064x}","size":100}})",
             i == 0 ? "" : ",", i);
       }
       says(client, "", list_of(entries));
     }},
    {"DigestsThatClimb",
     [](auto& client, auto&) {
       says(client, "", list_of(R"({"mediaType":"a/b","digest":"sha256:../../../../../etc/passwd","size":1})"));
     }},
    {"Cookies",
     [](auto& client, auto&) { says(client, repeated("\r\nSet-Cookie: a=b; Domain=127.0.0.1; Path=/", 10'000)); }},
};

}  // namespace

void PrintTo(const HostileAnswer& answer, std::ostream* out) { *out << answer.name; }

std::span<const HostileAnswer> hostile_answers() { return kAnswers; }

}  // namespace referee::cli::testing
