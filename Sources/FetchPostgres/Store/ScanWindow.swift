/// The part of an index that has to be read to find the rows that are due.
///
/// Rows become due in the order of their dates, or nearly so. So a call that has found all due rows knows that the index
/// has no earlier ones, apart from those of transactions that are committed late. The next call begins there, and needn't
/// pass over the entries of rows that have been removed since. As long as some transaction of the database is open, those
/// can't be cleaned up, and there may be millions.
///
/// Once in a while a call reads everything, so that a row with an earlier date is found all the same, if later.
struct ScanWindow: Sendable {
    /// The time by which a row may be committed later than its date, in microseconds: 30 seconds.
    private static let slack: Int64 = 30_000_000

    /// The time from one reading of everything to the next, in microseconds: 60 seconds.
    private static let period: Int64 = 60_000_000

    private var start: Int64?
    private var lastFullScan: Int64 = 0
    private var lastScan: Int64 = 0

    /// Returns the expression for the date before which there are no rows at a date, which is an expression too.
    func start(at now: SQL) -> SQL {
        guard let start else { return "'-infinity'::timestamptz" }
        return """
            CASE WHEN \(now) < \(Self.date(lastFullScan + Self.period)) THEN \(Self.date(start)) \
            ELSE '-infinity'::timestamptz END
            """
    }

    /// Notes a call.
    ///
    /// - Parameters:
    ///   - date: The date of the store's clock, in microseconds since 1970.
    ///   - foundAll: True if the call has found all rows that were due.
    mutating func scanned(at date: Int64, foundAll: Bool) {
        // The clock was set back, or is that of another server.
        if date < lastScan { self = Self() }
        lastScan = date
        guard foundAll else { return }
        if start == nil || date >= lastFullScan + Self.period { lastFullScan = date }
        start = date - Self.slack
    }

    private static func date(_ microseconds: Int64) -> SQL {
        "(timestamptz 'epoch' + \(Duration.microseconds(microseconds)))"
    }
}
