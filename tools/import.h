// `kontor import`: the rows of another program become commands of this one.
#pragma once

namespace kontor {

int import_csv(int argc, char** argv);

}  // namespace kontor
