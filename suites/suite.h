// The words of a suite: one include for check, content and matchers, and their names in scope.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <string_view>
#include <vector>

#include "fixtures/content/batch.h"
#include "fixtures/content/digests.h"
#include "fixtures/content/document.h"
#include "fixtures/content/kinds.h"
#include "fixtures/content/malformed.h"
#include "harness/engine/check.h"
#include "harness/match/descriptor.h"
#include "harness/match/links.h"
#include "harness/match/listing.h"
#include "harness/match/response.h"
#include "harness/oci/names.h"
#include "harness/spec/literals/operators.h"

namespace referee::suites {

using namespace referee::content;         // NOLINT(google-build-using-namespace): a suite is written in these words
using namespace referee::match;           // NOLINT(google-build-using-namespace)
using namespace referee::spec::literals;  // NOLINT(google-build-using-namespace)

using engine::Gate;
using engine::Holds;
using engine::Listing;
using engine::Page;
using engine::Pushed;
using engine::Repository;
using engine::The;
using engine::Tolerating;
using http::Response;
using ::testing::_;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Ne;
using ::testing::Not;
using ::testing::Optional;
using ::testing::SizeIs;
using ::testing::StrEq;

}  // namespace referee::suites
