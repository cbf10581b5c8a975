// base/log.h — the structured log: one event a line, JSON or text, on stderr. spdlog stops in log.cpp.
//
// Events are named like codes ("import.finished") and carry fields. Never log a secret, an address, a name, a
// message or a place: ids, counts and times only.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace vv::log {

enum class Level { debug, info, warning, error, off };
enum class Form { text, json };

struct Field {
    std::string_view name;
    std::variant<std::string_view, long long, double, bool> value;

    Field(std::string_view n, std::string_view v) : name(n), value(v) {}
    Field(std::string_view n, const char* v) : name(n), value(std::string_view(v)) {}
    Field(std::string_view n, const std::string& v) : name(n), value(std::string_view(v)) {}
    Field(std::string_view n, long long v) : name(n), value(v) {}
    Field(std::string_view n, long v) : name(n), value(static_cast<long long>(v)) {}
    Field(std::string_view n, unsigned long v) : name(n), value(static_cast<long long>(v)) {}
    Field(std::string_view n, int v) : name(n), value(static_cast<long long>(v)) {}
    Field(std::string_view n, double v) : name(n), value(v) {}
    Field(std::string_view n, bool v) : name(n), value(v) {}
};

/// Before the first event; not safe while others log.
void configure(Level level, Form form);

void debug(std::string_view event, std::initializer_list<Field> fields = {});
void info(std::string_view event, std::initializer_list<Field> fields = {});
void warning(std::string_view event, std::initializer_list<Field> fields = {});
void error(std::string_view event, std::initializer_list<Field> fields = {});

}  // namespace vv::log
