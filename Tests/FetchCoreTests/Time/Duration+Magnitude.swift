import FetchCore

extension Duration {
    /// The absolute value in seconds.
    var magnitudeInSeconds: Double { abs(seconds) }
}
