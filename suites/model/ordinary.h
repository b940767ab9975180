// Which pushes and questions of checks the model judges: the plain ones, about which no text leaves anything open.
// Checks also push what is malformed on purpose and ask in odd ways; what is right then is for their own rows to say.
#pragma once

#include <string_view>

#include "harness/spec/edition.h"
#include "suites/model/observation.h"

namespace referee::model {

/// Whether the document is a manifest with all that its specification demands, and with members of the demanded types:
/// image-spec manifest.md and image-index.md; ORAS artifacts-spec artifact-manifest.md; Docker's schema 2.
bool is_ordinary_document(std::string_view media_type, std::string_view bytes, spec::Edition edition);

/// Whether the annotation is in it by which the run makes each manifest a new one.
bool has_a_nonce(std::string_view bytes);

/// Whether a manifest or a list was asked for without conditions, ranges or parameters that change what is right. The
/// pages after the first, whose URL is the registry's, have their own parameters: they are not asked about here.
bool is_ordinary_question(const Observation& one);

/// Whether the client takes an answer of that type. A manifest that is asked for without `Accept` may come in another
/// form, as Docker's older ones do; a list has only one form.
bool accepts(const Observation& one, std::string_view media_type);

/// Whether the text is a media type without parameters; RFC 6838, section 4.2.
bool is_media_type(std::string_view text);

}  // namespace referee::model
