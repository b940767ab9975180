// URLs: what is kept as written, and references resolved as RFC 3986 shows in section 5.4.
#include "harness/http/syntax/url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::http {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

std::string resolved(const std::string& base, const std::string& reference) {
  const auto from = Url::parse(base);
  const auto url = from ? resolve(*from, reference) : std::nullopt;
  return url ? url->text() : "nothing";
}

class KeptUrl : public testing::TestWithParam<const char*> {};
TEST_P(KeptUrl, ComesOutAsItWentIn) {
  const auto url = Url::parse(GetParam());
  ASSERT_TRUE(url.has_value());
  EXPECT_EQ(url->text(), GetParam());
}
INSTANTIATE_TEST_SUITE_P(Texts, KeptUrl,
                         testing::Values("http://h", "http://h/", "https://h:443/v2/", "http://[::1]:5000/v2/",
                                         "http://h/v2/a/../b/./c//d", "http://h/%zz%2f%2F?a=%41+b&&c", "http://h?x",
                                         "http://h/v2/?", "http://h/a?b?c/../d", "http://h/sha256:ab@cd:ef",
                                         "http://H.example/Path"));

TEST(UrlParts, AreWhatStandsThere) {
  const auto url = Url::parse("HTTPS://user:pw@[::1]:5000/v2/?n=1#top");
  ASSERT_TRUE(url.has_value());
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "::1");
  EXPECT_EQ(url->port, "5000");
  EXPECT_EQ(url->authority(), "[::1]:5000");
  EXPECT_EQ(url->target(), "/v2/?n=1");
  EXPECT_EQ(url->text(), "https://[::1]:5000/v2/?n=1");
}

class NoUrl : public testing::TestWithParam<const char*> {};
TEST_P(NoUrl, IsRefused) { EXPECT_EQ(Url::parse(GetParam()), std::nullopt); }
INSTANTIATE_TEST_SUITE_P(Texts, NoUrl,
                         testing::Values("", "h", "/v2/", "//h/v2/", "localhost:5000", "ftp://h/", "http:", "http:/h",
                                         "http://", "http:///v2/", "http://:80/", "http://h:8x/", "http://h:999999/",
                                         "http://[::1/", "http://[::1]x/", "http://h/a b", "http://h/\r\nX: y",
                                         "file:///etc/passwd"));

// RFC 3986, sections 5.4.1 and 5.4.2, with http in place of g's scheme; fragments are dropped.
struct Example {
  const char* reference;
  const char* result;
};
class ResolvedReference : public testing::TestWithParam<Example> {};
TEST_P(ResolvedReference, IsAsTheStandardShows) {
  EXPECT_EQ(resolved("http://a/b/c/d;p?q", GetParam().reference), GetParam().result) << GetParam().reference;
}
INSTANTIATE_TEST_SUITE_P(
    Rfc3986, ResolvedReference,
    testing::Values(Example{"g", "http://a/b/c/g"}, Example{"./g", "http://a/b/c/g"}, Example{"g/", "http://a/b/c/g/"},
                    Example{"/g", "http://a/g"}, Example{"//g", "http://g"}, Example{"?y", "http://a/b/c/d;p?y"},
                    Example{"g?y", "http://a/b/c/g?y"}, Example{"#s", "http://a/b/c/d;p?q"},
                    Example{"g#s", "http://a/b/c/g"}, Example{";x", "http://a/b/c/;x"},
                    Example{"", "http://a/b/c/d;p?q"}, Example{".", "http://a/b/c/"}, Example{"./", "http://a/b/c/"},
                    Example{"..", "http://a/b/"}, Example{"../", "http://a/b/"}, Example{"../g", "http://a/b/g"},
                    Example{"../..", "http://a/"}, Example{"../../g", "http://a/g"},
                    Example{"../../../g", "http://a/g"}, Example{"/./g", "http://a/g"}, Example{"/../g", "http://a/g"},
                    Example{"g.", "http://a/b/c/g."}, Example{"..g", "http://a/b/c/..g"},
                    Example{"./../g", "http://a/b/g"}, Example{"./g/.", "http://a/b/c/g/"},
                    Example{"g/./h", "http://a/b/c/g/h"}, Example{"g/../h", "http://a/b/c/h"},
                    Example{"g;x=1/../y", "http://a/b/c/y"}, Example{"g?y/../x", "http://a/b/c/g?y/../x"},
                    Example{"http://b/x/../y", "http://b/y"}, Example{"https://b", "https://b"},
                    Example{"mailto:x", "nothing"}, Example{"g h", "nothing"}, Example{"//", "nothing"}));

TEST(ResolveUrl, MergesWithABaseWithoutPath) { EXPECT_EQ(resolved("http://a", "g?x"), "http://a/g?x"); }

TEST(ResolveUrl, KeepsEscapesAndOddQueriesOfTheReference) {
  EXPECT_EQ(resolved("http://a/v2/r/referrers/sha256:00?n=2", "?last=sha256:ab+cd%2f&x"),
            "http://a/v2/r/referrers/sha256:00?last=sha256:ab+cd%2f&x");
}

TEST(ResolveUrl, TakesADigestForAPathOnlyBehindADot) {
  EXPECT_EQ(resolved("http://a/v2/", "./sha256:ab"), "http://a/v2/sha256:ab");
  EXPECT_EQ(resolved("http://a/v2/", "sha256:ab"), "nothing");  // a scheme by the grammar
}

TEST(SameOrigin, LooksAtSchemeHostAndPort) {
  const auto same = [](const char* a, const char* b) { return same_origin(*Url::parse(a), *Url::parse(b)); };
  EXPECT_TRUE(same("http://h/a", "http://H:80/b?c"));
  EXPECT_TRUE(same("https://h", "https://h:443"));
  EXPECT_FALSE(same("http://h", "https://h"));
  EXPECT_FALSE(same("http://h", "http://h:443"));
  EXPECT_FALSE(same("http://h", "http://h.example"));
  EXPECT_EQ(Url::parse("HTTP://Host:80/x")->origin(), "http://host");
}

TEST(PercentEncoding, LeavesUnreservedAndWhatIsAskedFor) {
  EXPECT_EQ(percent_encode("aZ0-._~/: +\xE9"), "aZ0-._~%2F%3A%20%2B%E9");
  EXPECT_EQ(percent_encode("a/b:c", ":/"), "a/b:c");
}

TEST(PercentDecoding, LeavesWhatIsMalformed) { EXPECT_EQ(percent_decode("%41%2f%zz%4+%"), "A/%zz%4+%"); }

TEST(QueryPairs, ComeDecodedAndInOrder) {
  EXPECT_THAT(query_pairs("b=1&a=%3D&&c&=d&b=x=y"),
              ElementsAre(Pair("b", "1"), Pair("a", "="), Pair("c", ""), Pair("", "d"), Pair("b", "x=y")));
}

}  // namespace
}  // namespace referee::http
