// Writing a site into a folder.
#pragma once

#include <filesystem>
#include <stdexcept>

#include "reports/output_file.h"
#include "reports/site/site.h"

namespace referee::reports {

/// The file in a site's folder that lists the site's files, one in a line.
inline constexpr auto kSiteManifest = "referee-site.txt";

/// A folder that holds files which no site wrote, or is not a folder; the message says what to do.
class FolderOfOthers : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// To be called before the work is done. Throws FolderOfOthers where the folder holds anything but what an earlier site
/// wrote there, as its manifest says, or CannotWrite.
void can_write_site(const std::filesystem::path& folder);

/// Writes the site into a fresh folder next to that one, and then puts it in its place; what an earlier site wrote
/// there is gone. Returns the number of files. Throws FolderOfOthers or
/// CannotWrite; then the folder is as it was.
std::size_t write_site(const std::filesystem::path& folder, const Site& site);

}  // namespace referee::reports
