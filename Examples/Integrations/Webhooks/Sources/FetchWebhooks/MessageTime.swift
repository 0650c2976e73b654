#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The date in a signed message, in whole seconds since 1970.
struct MessageTime: Sendable {
    /// The digits as they were signed.
    let digits: String
    let date: Date

    /// Reads a date, and checks that it is near the current one.
    ///
    /// - Parameters:
    ///   - digits: The decimal digits. A sign, a space or a leading zero is refused: the digits are signed as they are.
    ///   - name: The name of the header field that contains them.
    ///   - tolerance: The greatest distance to the current date, in both directions.
    ///   - now: The current date.
    /// - Throws: ``WebhookError``.
    init(_ digits: String, from name: String, within tolerance: Duration, of now: Date) throws(WebhookError) {
        let isNumber =
            (1...11).contains(digits.utf8.count)
            && digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && digits.utf8.first != UInt8(ascii: "0")
        guard isNumber, let seconds = Int64(digits) else {
            throw WebhookError(.malformedHeader, "the date in \(name) isn't a number of seconds since 1970")
        }
        self.digits = digits
        date = Date(timeIntervalSince1970: TimeInterval(seconds))
        let distance = date.timeIntervalSince(now)
        guard abs(distance) <= TimeInterval(tolerance.components.seconds) else {
            throw WebhookError(
                .outsideTolerance,
                "the message is \(Int(abs(distance))) seconds \(distance < 0 ? "old" : "in the future")",
                remedy: "If the sender's messages are genuine, set the clock of this machine."
            )
        }
    }
}
