import Measuring

/// The result of the benchmark. Memory is in bytes, costs are in microseconds of CPU time.
struct AccountsFigure: Encodable {
    var benchmark = "accounts"
    var accounts: Int
    /// The resident memory when ten accounts had been used.
    var memoryBefore: Int
    /// The resident memory while every account had a job that was waited for.
    var memoryDuring: Int
    /// The resident memory when all jobs had ended, and what the allocator keeps for later with it.
    var residentAfter: Int
    /// The allocated memory when ten accounts had been used. `nil` if the allocator can't be asked.
    var allocatedBefore: Int?
    /// The allocated memory when all jobs had ended. `nil` if the allocator can't be asked.
    var allocatedAfter: Int?
    /// A fetch for one of ten accounts, each with a job that is waited for.
    var costAmongTen: Double
    /// A fetch for one of ten accounts, while all others have a job that is waited for.
    var costAmongAll: Double
    /// A fetch for another account each time. None of its memory is in a cache of the processor.
    var costOfEachInTurn: Double

    /// The memory when all jobs had ended, without what the allocator keeps for later if that is known.
    var memoryAfter: Int {
        guard let allocatedBefore, let allocatedAfter else { return residentAfter }
        return memoryBefore + allocatedAfter - allocatedBefore
    }
    var memoryRatio: Double { Double(memoryAfter) / Double(memoryBefore) }
    var costRatio: Double { costAmongAll / costAmongTen }

    var table: String {
        """
        \(accounts) accounts      memory \(Self.mebibytes(memoryBefore)) → \(Self.mebibytes(memoryDuring)) → \
        \(Self.mebibytes(memoryAfter)) MiB, × \(memoryRatio.ratio); resident \(Self.mebibytes(residentAfter)) MiB
        a fetch               among ten \(costAmongTen.shown) µs, among all \(costAmongAll.shown) µs, \
        × \(costRatio.ratio); each account in turn \(costOfEachInTurn.shown) µs
        """
    }

    private static func mebibytes(_ bytes: Int) -> String { (Double(bytes) / 1_048_576).shown }
}
