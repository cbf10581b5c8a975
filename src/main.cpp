#include "cli/command.h"
#include "cli/commands.h"
#include "server/commands.h"

int main(int argc, char** argv) {
    vv::cli::CommandLine line(VV_VERSION, vv::server::locate_data);
    vv::cli::Command root = line.root();
    vv::server::add_commands(root);
    vv::cli::add_commands(root);
    return line.run(argc, argv);
}
