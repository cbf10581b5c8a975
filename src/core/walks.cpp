#include "core/walks.h"

#include <cmath>

namespace vv::core {

Web steps(const Web& ties) {
    const std::size_t n = ties.people();
    std::vector<double> root(n, 0);
    for (std::size_t a = 0; a < n; ++a) {
        double sum = 0;
        for (std::size_t b = 0; b < n; ++b) sum += ties.at(a, b);
        root[a] = sum > 0 ? 1 / std::sqrt(sum) : 0;
    }
    Web made(n);
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b) made.row(a)[b] = ties.at(a, b) * root[a] * root[b];
    return made;
}

Web then(const Web& first, const Web& second) {
    const std::size_t n = first.people();
    Web made(n);
    for (std::size_t a = 0; a < n; ++a) {
        double* to = made.row(a);
        for (std::size_t over = 0; over < n; ++over) {
            const double weight = first.at(a, over);
            if (weight == 0) continue;
            const double* from = second.row(over);
            for (std::size_t b = 0; b < n; ++b) to[b] += weight * from[b];
        }
    }
    return made;
}

// Gauss and Jordan in place, without exchanging rows: the steps' eigenvalues lie in [−1, 1], so the matrix is
// positive definite and no pivot comes near zero.
Web all_walks(const Web& steps, double going_on) {
    const std::size_t n = steps.people();
    Web m(n);
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b) m.row(a)[b] = (a == b ? 1 : 0) - going_on * steps.at(a, b);
    for (std::size_t k = 0; k < n; ++k) {
        double* pivot = m.row(k);
        const double inverse = 1 / pivot[k];
        pivot[k] = 1;
        for (std::size_t b = 0; b < n; ++b) pivot[b] *= inverse;
        for (std::size_t a = 0; a < n; ++a) {
            if (a == k) continue;
            double* row = m.row(a);
            const double factor = row[k];
            if (factor == 0) continue;
            row[k] = 0;
            for (std::size_t b = 0; b < n; ++b) row[b] -= factor * pivot[b];
        }
    }
    for (std::size_t a = 0; a < n; ++a) m.row(a)[a] -= 1;
    return m;
}

}  // namespace vv::core
