// `kontor serve`: a company open for business.
#pragma once

namespace kontor {

int serve(int argc, char** argv);

}  // namespace kontor
