// One walk along a plan: each step is followed by the questions whose answers it can have changed, and the answers are
// held against the model, twice in a row; at the end everything is asked again, and once more after a pause.
#pragma once

#include <chrono>
#include <iosfwd>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/engine/conversation.h"
#include "suites/model/model.h"
#include "suites/walks/plan.h"

namespace referee::walks {

/// Something that can be asked again and again.
struct Question {
  enum class What : std::uint8_t { kGet, kHead, kList, kShortPages, kBlob };  // kShortPages: a list, a few at a time
  What what = What::kGet;
  engine::Repository repository;
  std::string reference;  // of a list: the subject's digest
  std::string filter;     // of a list: the artifact type; empty for none

  auto operator<=>(const Question&) const = default;
};

/// "GET of the list of referrers of sha256:... in referee/x".
void PrintTo(const Question& question, std::ostream* out);

/// How long a walk waits for what is missing.
enum class Patience : std::uint8_t {
  kSettle,  // as long as it may lawfully take
  kBrief,   // for a look: to see whether a shorter walk shows the same
};

class Walk : public engine::Conversation {
 public:
  Walk(engine::Session& session, const Plan& plan, std::vector<engine::Repository> repositories, Patience patience);

  /// Takes all steps, and asks everything at the end.
  void go();
  /// Asks everything again once some time has passed since the last write, and settles what was in doubt.
  void look_later();

  /// The requirements that an answer broke, however long it was waited for.
  const std::set<spec::RequirementId>& broken() const { return broken_; }
  /// Questions of which repeated looks gave different answers, with nothing written in between, long after the last
  /// change.
  const std::vector<Question>& unstable() const { return unstable_; }

 private:
  struct Judged {
    std::vector<model::Disagreement> at_once;  // what a judge says who wants every answer to be up to date
    std::vector<model::Disagreement> at_last;  // what one says who grants the settle time

    bool good() const { return at_once.empty(); }
  };

  void take(const Step& step);
  void put(int node, const engine::Repository& where, const std::string& tag);
  void put_two(int node, int other, const engine::Repository& where);
  bool must_not_overlap(int node, int other) const;
  /// Pulls from where the answer to a push says that the manifest is, unless the walk pulls it from there anyway.
  void follow_location(const model::Observation& push, const engine::Repository& where);
  /// Blobs and children; false if they were refused.
  bool prepare(int node, const engine::Repository& where);
  /// Mounts what other repositories of the walk have of the manifest's blobs, as far as the registry mounts blobs.
  void mount_blobs(const oci::Content& content, const engine::Repository& where);
  void remove_reference(const std::string& reference, const engine::Repository& where);

  /// What the step can have changed: the manifest, the list that it is in, and its own.
  std::vector<Question> questions_about(int node, const engine::Repository& where);
  void ask_about(int node, const engine::Repository& where);
  void ask_about_tags(const engine::Repository& where);
  /// Those that refer to the node, as far as they were pushed there.
  void ask_about_referrers(const std::string& subject, const engine::Repository& where);
  void ask_about_blobs(int node, const engine::Repository& where);
  /// The same manifest without its subject: whether it is the subject that is refused.
  void put_control(int node, const engine::Repository& where);
  void look(const Question& question);
  std::vector<Question> lists_to_ask_oddly();
  void ask_for_filters_oddly(const engine::Identity* as);
  void push_under_another_digest(const engine::Repository& where);
  /// Asks what should be refused, and what is asked in an unusual way; once more as another user if there is one.
  enum class Askers : std::uint8_t { kOne, kAll };
  void ask_oddly(Askers askers);
  void ask_oddly_as(const engine::Identity* as);
  enum class Thoroughness : std::uint8_t { kOnce, kTwice };
  /// kTwice: each list twice in a row, and with filters that nothing matches.
  void look_again_at_everything(Thoroughness thoroughness);
  void rest();
  void settle_doubts();
  void ask_strangers(const engine::Repository& where, const std::vector<std::string>& digests);

  /// `as`: another user than that of the run, who may read here too; null for that user.
  Judged ask(const Question& question, const engine::Identity* as = nullptr);
  Judged ask_list(const Question& question, const engine::Identity* as);
  /// The list at that URL and all pages that it leads to.
  Judged ask_pages(std::string next, const engine::Repository& where, const engine::Identity* as = nullptr,
                   const std::string& accept = "");
  /// Who else may read the repository; null if no one is known to.
  const engine::Identity* other_reader(const engine::Repository& where);
  /// Whether a wait for it was in vain before.
  bool is_known_to_be_broken(const Judged& judged);
  bool is_all_known_to_be_broken();
  void wait_for(const Question& question, Judged& judged);
  void note_broken(const std::vector<model::Disagreement>& disagreements);
  model::Observation exchange(http::Request request, const engine::Identity* as = nullptr);
  Judged hear(const model::Observation& one);

  const oci::Content& content_of(int node);
  std::string tag_name(int tag) const;
  oci::Descriptor subject_of(const Node& node);
  http::Duration patience() const;

  Plan plan_;
  std::vector<engine::Repository> repositories_;
  Patience patience_;
  std::string nonce_;
  std::map<int, oci::Content> contents_;
  model::Model eager_;
  model::Model patient_;
  std::vector<model::Observation> unheard_;  // by patient_
  std::size_t unheard_bytes_ = 0;
  std::set<Question> asked_;
  std::map<engine::Repository, const engine::Identity*> readers_;
  std::set<Question> doubtful_;
  std::vector<Question> unstable_;
  std::set<spec::RequirementId> broken_;
  http::Instant last_write_;
  http::Duration waited_{};  // before the end, at most patience()
  int asked_whether_to_wait_ = 0;
  int declined_mounts_ = 0;
};

}  // namespace referee::walks
