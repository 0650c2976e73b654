#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Reads the three date formats of RFC 9110, section 5.6.7, which differ in the order and separators of their parts.
package enum HTTPDate {
    /// Returns the date, or nil where the text isn't one.
    package static func date(from text: String) -> Date? {
        let words = text.split(whereSeparator: { ", -:".contains($0) }).map(String.init)
        guard
            words.count >= 7,
            let month = words.compactMap({ months.firstIndex(of: $0) }).first,
            let numbers = Numbers(words)
        else { return nil }
        let days = daysSince1970(year: numbers.year, month: month + 1, day: numbers.day)
        // Int is too small for the seconds of later centuries on a watch.
        let midnight = Int64(days) * 86_400
        let seconds = midnight + Int64(numbers.hour * 3_600 + numbers.minute * 60 + numbers.second)
        return Date(timeIntervalSince1970: Double(seconds))
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private struct Numbers {
        let year, day, hour, minute, second: Int

        /// `[day, year, hour, minute, second]`, or asctime's `[day, hour, minute, second, year]`.
        init?(_ words: [String]) {
            let numbers = words.compactMap { word in word.allSatisfy(\.isASCII) ? Int(word) : nil }
            guard numbers.count == 5 else { return nil }
            let isAsctime = words.last != "GMT"
            day = numbers[0]
            year = Self.fullYear(isAsctime ? numbers[4] : numbers[1])
            hour = numbers[isAsctime ? 1 : 2]
            minute = numbers[isAsctime ? 2 : 3]
            second = numbers[isAsctime ? 3 : 4]
            let isPossible =
                (1...31).contains(day) && (1970...9999).contains(year) && (0...23).contains(hour)
                && (0...59).contains(minute) && (0...60).contains(second)
            guard isPossible else { return nil }
        }

        /// RFC 850 wrote two digits. No server sends a date before 1970.
        private static func fullYear(_ year: Int) -> Int {
            guard (0..<100).contains(year) else { return year }
            return year < 70 ? 2000 + year : 1900 + year
        }
    }

    /// Days of the Gregorian calendar, counted in years that begin in March so that leap days come last.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let leapDays = shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
        let daysFromMarchOfYearZeroTo1970 = 719_468
        return shiftedYear * 365 + leapDays + dayOfYear - daysFromMarchOfYearZeroTo1970
    }
}
