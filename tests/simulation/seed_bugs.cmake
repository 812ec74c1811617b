# Writes a copy of the engine with bugs in it that a number turns on, one at a time.
#   cmake -DFROM=engine.cpp -DTO=engine_with_bugs.cpp -P seed_bugs.cmake
# Fails when a piece that is to be changed is not there exactly once.
cmake_minimum_required(VERSION 3.25)
file(READ "${FROM}" text)

macro(seed old new)
  string(FIND "${text}" "${old}" first)
  string(FIND "${text}" "${old}" last REVERSE)
  if(first EQUAL -1 OR NOT first EQUAL last)
    message(FATAL_ERROR "${FROM} has this not exactly once, so no bug can be put there:\n${old}")
  endif()
  string(REPLACE "${old}" "${new}" text "${text}")
endmacro()

# The names are in simulation_mutants.cpp.
seed([[namespace kontor {
namespace {
]] [[namespace kontor::simulation {
extern int seeded_bug;
}
namespace kontor {
namespace {
using simulation::seeded_bug;
]])
seed([[if (version == *ask.if_match) return false;]]
     [[if (seeded_bug == 1 || version == *ask.if_match) return false;]])
seed([[if (known == 0) return false;]]
     [[if (seeded_bug == 2 || known == 0) return false;]])
seed([[if (!is_repeat(]]
     [[if (seeded_bug != 3 && !is_repeat(]])
seed([[    state_.take_back();
    const Reason& reason = *refused.objection.reason;]]
     [[    seeded_bug == 4 ? state_.keep() : state_.take_back();
    const Reason& reason = *refused.objection.reason;]])
seed([[        why = broken.what();]]
     [[        if (seeded_bug == 5) return true;
        why = broken.what();]])
seed([[    if (submission.dry_run || too_large) {
        state_.take_back();]]
     [[    if (submission.dry_run || too_large) {
        seeded_bug == 6 ? state_.keep() : state_.take_back();]])
seed([[if (pending != overlay_.streams.end()) return known->second]]
     [[if (seeded_bug != 7 && pending != overlay_.streams.end()) return known->second]])

file(WRITE "${TO}" "${text}")
