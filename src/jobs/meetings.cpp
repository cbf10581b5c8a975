#include "jobs/meetings.h"

#include "app/lookouts.h"
#include "app/meetings.h"
#include "app/polls.h"

namespace vv::jobs {

void add_meeting_jobs(Runner& runner, const Services& services) {
    runner.on(app::kMeetingJob, [&services](store::Database& db, JobContext& context) -> Result<Done> {
        const store::jobs::Job& job = context.job();
        TRY(const std::int64_t meeting, parse_id(store::field(job.payload, "meeting")));
        const app::MeetingDesk desk = meeting_desk(services);
        return db.write_now([&](store::Tx& tx) {
            return app::settle_due_meeting(tx, job.owner, {meeting}, desk, context.now());
        });
    });
    runner.on(app::kPollJob, [&services](store::Database& db, JobContext& context) -> Result<Done> {
        const store::jobs::Job& job = context.job();
        TRY(const std::int64_t poll, parse_id(store::field(job.payload, "poll")));
        const app::MeetingDesk desk = meeting_desk(services);
        return db.write_now(
            [&](store::Tx& tx) { return app::settle_due_poll(tx, job.owner, {poll}, desk, context.now()); });
    });
    runner.on(app::kLookoutJob, [&services](store::Database& db, JobContext& context) -> Result<Done> {
        const store::jobs::Job& job = context.job();
        TRY(const std::int64_t lookout, parse_id(store::field(job.payload, "lookout")));
        const app::MeetingDesk desk = meeting_desk(services);
        return db.write_now([&](store::Tx& tx) {
            return app::settle_due_lookout(tx, job.owner, {lookout}, desk, context.now());
        });
    });
}

}  // namespace vv::jobs
