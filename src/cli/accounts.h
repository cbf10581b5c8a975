// cli/accounts.h — account add, account list, account password: what an operator does without the page.
#pragma once

namespace vv::cli {

class Command;

void add_account_commands(Command& root);

}  // namespace vv::cli
