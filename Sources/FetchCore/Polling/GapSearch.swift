/// A search for the interval to the next request with the lowest expected cost.
///
/// A job that is pending at age `t` and polled next at `t + x` costs one request, plus the delay if it completes in
/// between, plus the cost `V(t + x)` of the following requests if it doesn't. `V` is approximated by that of jobs that
/// complete at a constant rate `h`. For these the best interval `d` is known: `e^(hd) − hd = 1 + h·c`, and the future
/// cost is `c + d`. Extending the interval over a probability `f·dx` saves `c + d(h)` with the rate `h` at that age,
/// and extending it by a time costs the probability that the job has already completed:
///
///     dCost/dx = (F(t + x) − F(t)) − f(t + x) · (c + d(h(t + x)))
///
/// The search integrates this slope over `x` and takes the minimum. For a smooth `F` the result satisfies the equation
/// of Barlow, Hunter and Proschan.
struct GapSearch {
    private let forecast: DurationForecast
    private let age: Double
    private let cost: Double

    init(_ forecast: DurationForecast, age: Double, cost: Double) {
        self.forecast = forecast
        self.age = age
        self.cost = cost
    }

    /// The interval with the lowest cost, in seconds.
    var gap: Double {
        let start = forecast.probability(before: age)
        var end = 0.0
        var before = start
        var balance = 0.0
        var lowest = 0.0
        var best: Double?
        while age + end < forecast.horizon {
            // The density is constant within a step. Steps of a sixth of the interval, or of a quarter of the cost of a
            // request, are precise enough.
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
            // A longer interval is unlikely to recover this much.
            if balance - lowest > 2 * cost * (1 - start) { break }
            before = after
            end += step
        }
        return best ?? gapInTail
    }

    /// Returns the future cost `c + d` of a job that completes at a constant rate.
    ///
    /// With `q = √(2hc)` the solution of `e^y − y = 1 + hc` is approximately `q / (1 + q/6)`, and `c + d` is exact to
    /// half a percent at every rate.
    private func futureCost(rate: Double) -> Double {
        guard rate > 0 else { return 0 }
        let root = (2 * rate * cost).squareRoot()
        return cost * (1 + 2 / (root + root * root / 6))
    }

    /// The interval beyond the horizon, where only the age of the job is known.
    private var gapInTail: Double {
        max(futureCost(rate: DurationPrior.tailShape / max(age, 1e-9)) - cost, cost)
    }
}
