#include "support/large_account.h"

#include "support/archives.h"
#include "support/program.h"

namespace vv::bench {

void add_account(const std::string& data, std::vector<std::string> options) {
    std::vector<std::string> words = std::move(options);
    words.insert(words.end(),
                 {"account", "add", kHandle, "--email", "catherine@letters.example.com", "--name", kOwnerName,
                  "--zone", "America/Toronto", "--home", "43.6532,-79.3832"});
    run_visavis(data, std::move(words), std::string(kPassword) + "\n");
}

void make_large_account(const std::string& data, const std::string& archives, int connections) {
    ArchiveSize size;
    size.connections = connections;
    size.messages = 100'000;
    const std::string linkedin = archives + "/linkedin.zip";
    const std::string contacts = archives + "/contacts.vcf";
    const std::string calendar = archives + "/calendar.ics";
    write_linkedin(linkedin, size);
    write_contacts(contacts, size);
    write_calendar(calendar, size);
    add_account(data);
    run_visavis(data, {"--now", kArchivesEnd, "--json", "import", "--account", kHandle, linkedin, contacts,
                       calendar});
}

}  // namespace vv::bench
