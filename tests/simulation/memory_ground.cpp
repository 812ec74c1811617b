// A log and rows in memory that outlive the program.
#include "projections/memory_rows.h"
#include "tests/simulation/ground.h"

namespace kontor::simulation {
namespace {

MemoryRows::Rows rows_of(const RowStore& store) {
    MemoryRows::Rows rows;
    const auto reader = store.snapshot();
    const auto cursor = reader->cursor("");
    for (cursor->seek(""); cursor->valid(); cursor->next())
        rows.emplace(cursor->key(), cursor->value());
    return rows;
}

class MemoryGround final : public Ground {
public:
    void open() override {}
    EventLog& log() override { return *log_; }
    RowStore& rows() override { return *rows_; }
    void close(test::Dice& dice) override {
        switch (dice.below(4)) {
            case 0: rows_ = std::make_unique<MemoryRows>(earlier_); break;
            case 1: rows_ = std::make_unique<MemoryRows>(); break;
            default: earlier_ = rows_of(*rows_);
        }
    }

private:
    std::unique_ptr<EventLog> log_ = memory_event_log();
    std::unique_ptr<MemoryRows> rows_ = std::make_unique<MemoryRows>();
    MemoryRows::Rows earlier_;
};

}  // namespace

std::unique_ptr<Ground> memory_ground() { return std::make_unique<MemoryGround>(); }

}  // namespace kontor::simulation
