/// Looks for the gap after which asking costs least.
///
/// A job that was pending at age `t` and is next asked about at `t + x` costs one request, the delay if it is done by
/// then, and if it isn't, what the requests after that cost: `V(t + x)`. The latter is taken from jobs that
/// become ready at a constant rate `h`, for which the best gap `d` is known: `e^(hd) − hd = 1 + h·c`, and what is to come
/// costs `c + d`. So each bit of probability `f·dx` that the gap takes in saves `c + d(h)` with the rate `h` of that
/// place, and each bit of time costs the probability that the job is already done:
///
///     dCost/dx = (F(t + x) − F(t)) − f(t + x) · (c + d(h(t + x)))
///
/// The cost is added up along the gaps, and the lowest one wins; where `F` is smooth, that is the gap of Barlow, Hunter
/// and Proschan.
struct GapSearch {
    private let forecast: DurationForecast
    private let age: Double
    private let cost: Double

    init(_ forecast: DurationForecast, age: Double, cost: Double) {
        self.forecast = forecast
        self.age = age
        self.cost = cost
    }

    /// The best gap in seconds.
    var gap: Double {
        let start = forecast.probability(before: age)
        var end = 0.0
        var before = start
        var balance = 0.0
        var lowest = 0.0
        var best: Double?
        while age + end < forecast.horizon {
            // Over a step the density is taken to be constant. Finer than a sixth of the gap, or a quarter of what a request
            // is worth, no gap needs to be known.
            let step = max(cost / 4, end / 6)
            let after = forecast.probability(before: age + end + step)
            let density = (after - before) / step
            let alive = max(1 - (before + after) / 2, 1e-9)
            let saving = density * futureCost(rate: density / alive)
            let slope = before - start - saving
            if slope < 0 {
                let bottom = min(-slope / density, step)
                let value = balance + (slope + density * bottom / 2) * bottom
                if value < lowest {
                    lowest = value
                    best = end + bottom
                }
            }
            balance += (slope + density * step / 2) * step
            // As much as this a longer gap will hardly win back.
            if balance - lowest > 2 * cost * (1 - start) { break }
            before = after
            end += step
        }
        return best ?? gapInTail
    }

    /// What asking costs from now on for a job that becomes ready at a constant rate: `c + d`.
    ///
    /// With `q = √(2hc)` the solution of `e^y − y = 1 + hc` is about `q / (1 + q/6)`, and `c + d` comes out within half a percent
    /// at every rate.
    private func futureCost(rate: Double) -> Double {
        guard rate > 0 else { return 0 }
        let root = (2 * rate * cost).squareRoot()
        return cost * (1 + 2 / (root + root * root / 6))
    }

    /// The gap where all that is known of the job is its age.
    private var gapInTail: Double {
        max(futureCost(rate: DurationPrior.tailShape / max(age, 1e-9)) - cost, cost)
    }
}
