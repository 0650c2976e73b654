#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A parser for the three HTTP date formats of RFC 9110, section 5.6.7.
///
/// The formats differ in the order and the separators of their fields. The parser accepts any separators.
package enum HTTPDate {
    /// Returns the date, or `nil` if the text isn't a date in one of the formats.
    package static func date(from text: String) -> Date? {
        let fields = text.split(whereSeparator: { ", -:".contains($0) }).map(String.init)
        guard
            fields.count >= 7,
            let month = fields.compactMap({ months.firstIndex(of: $0) }).first,
            let numbers = Numbers(fields)
        else { return nil }
        let days = daysSince1970(year: numbers.year, month: month + 1, day: numbers.day)
        // `Int` has 32 bits on some watches, which is too small for dates after 2038.
        let midnight = Int64(days) * 86_400
        let seconds = midnight + Int64(numbers.hour * 3_600 + numbers.minute * 60 + numbers.second)
        return Date(timeIntervalSince1970: Double(seconds))
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private struct Numbers {
        let year, day, hour, minute, second: Int

        /// Creates the numbers from all fields of a date. Their order is `[day, year, hour, minute, second]`, or
        /// `[day, hour, minute, second, year]` in the asctime format.
        init?(_ fields: [String]) {
            let numbers = fields.compactMap { field in field.allSatisfy(\.isASCII) ? Int(field) : nil }
            guard numbers.count == 5 else { return nil }
            let isAsctime = fields.last != "GMT"
            day = numbers[0]
            year = Self.fullYear(isAsctime ? numbers[4] : numbers[1])
            hour = numbers[isAsctime ? 1 : 2]
            minute = numbers[isAsctime ? 2 : 3]
            second = numbers[isAsctime ? 3 : 4]
            let isValid =
                (1...31).contains(day) && (1970...9999).contains(year) && (0...23).contains(hour)
                && (0...59).contains(minute) && (0...60).contains(second)
            guard isValid else { return nil }
        }

        /// Returns a year with four digits. Years from 70 to 99 of the RFC 850 format are in the 20th century.
        private static func fullYear(_ year: Int) -> Int {
            guard (0..<100).contains(year) else { return year }
            return year < 70 ? 2000 + year : 1900 + year
        }
    }

    /// Returns the number of days between 1970-01-01 and a date of the Gregorian calendar.
    ///
    /// The calculation uses years that begin in March, so that the leap day is the last day of a year.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let leapDays = shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
        let daysFromMarchOfYearZeroTo1970 = 719_468
        return shiftedYear * 365 + leapDays + dayOfYear - daysFromMarchOfYearZeroTo1970
    }
}
