import FetchCore
import FetchDownload
import Foundation
import Testing

@Suite("The plan of a download") struct DownloadPlanTests {
    private let link = URL(string: "https://a.example.com/1")!
    private let mirror = URL(string: "https://b.example.com/1")!
    private let dead = FetchError(.outputExpired, "the link is dead")
    private let absent = FetchError(.outputExpired, "the file isn't there")
    private let lost = FetchError(.connectionFailed, "the request was lost")

    @Test func `links that fail take turns, and each is requested after a pause of its own`() {
        var plan = DownloadPlan(links: [link, mirror], canPollAgain: false)
        #expect(plan.first == .request(link, after: .zero))
        #expect(plan.retry(after: lost, at: .zero, random: 1) == .request(mirror, after: .zero))
        #expect(plan.retry(after: lost, at: .zero, random: 1) == .request(link, after: .seconds(2)))
        #expect(plan.retry(after: lost, at: .seconds(2), random: 1) == .request(mirror, after: .zero))
        #expect(plan.retry(after: lost, at: .seconds(2), random: 1) == .request(link, after: .seconds(4)))
    }

    @Test func `bytes that are new forgive the failures before`() {
        var plan = DownloadPlan(links: [link], canPollAgain: false)
        for _ in 1..<DownloadPlan.maximumFailures { _ = plan.retry(after: lost, at: .zero, random: 1) }
        plan.noteLength(500)
        #expect(plan.retry(after: lost, at: .zero, random: 1) == .request(link, after: .seconds(2)))
        for _ in 2..<DownloadPlan.maximumFailures { _ = plan.retry(after: lost, at: .zero, random: 1) }
        #expect(plan.retry(after: lost, at: .zero, random: 1) == .fail(lost))
    }

    @Test func `bytes that have been received before forgive nothing`() {
        var plan = DownloadPlan(links: [link], canPollAgain: false)
        var step = plan.first
        for number in 1...DownloadPlan.maximumFailures + 1 {
            // A body that is cut at alternating lengths, without a validator.
            plan.noteLength(number.isMultiple(of: 2) ? 600 : 500)
            step = plan.retry(after: lost, at: .zero, random: 1)
            if number < 3 { #expect(step == .request(link, after: .seconds(2))) }
        }
        #expect(step == .fail(lost))
    }

    @Test func `a server that refuses each continuation isn't requested for ever`() {
        var plan = DownloadPlan(links: [link], canPollAgain: false)
        var rounds = 0
        while rounds < 100 {
            rounds += 1
            // A body that is cut, and then a range that is refused.
            plan.noteLength(600)
            if case .fail = plan.retry(after: lost, at: .zero, random: 1) { break }
            plan.noteLength(600)
            if case .fail = plan.startOver(link, at: .zero) { break }
        }
        #expect(rounds == 4)
    }

    @Test func `a server's own pause is kept, and one of an hour ends the download`() {
        var plan = DownloadPlan(links: [link], canPollAgain: false)
        let busy = FetchError(.rateLimited, "slow down", retryAfter: .seconds(40))
        #expect(plan.retry(after: busy, at: .zero, random: 1) == .request(link, after: .seconds(40)))
        let closed = FetchError(.rateLimited, "slow down", retryAfter: .seconds(3_600))
        #expect(plan.retry(after: closed, at: .zero, random: 1) == .fail(closed))
    }

    @Test func `a pause that one server asks for delays no request to another`() {
        var plan = DownloadPlan(links: [link, mirror], canPollAgain: false)
        let busy = FetchError(.rateLimited, "slow down", retryAfter: .seconds(300))
        #expect(plan.retry(after: busy, at: .zero, random: 1) == .request(mirror, after: .zero))
        #expect(plan.retry(after: lost, at: .zero, random: 1) == .request(mirror, after: .seconds(2)))
        let closed = FetchError(.serverError, "closed", retryAfter: .seconds(3_600))
        #expect(plan.retry(after: closed, at: .seconds(2), random: 1) == .request(link, after: .seconds(298)))
    }

    @Test func `a mirror that fails doesn't end the wait for a file that isn't there yet`() {
        var plan = DownloadPlan(links: [link, mirror], canPollAgain: false)
        var now = Duration.zero
        var requests: [URL: Int] = [:]
        var step = plan.first
        while case .request(let url, let pause) = step, now < .seconds(250) {
            now += pause
            requests[url, default: 0] += 1
            step =
                url == link ? plan.wait(for: absent, at: now) : plan.retry(after: lost, at: now, random: 1)
        }
        #expect(now >= .seconds(250))
        #expect(requests[mirror] == DownloadPlan.maximumFailures)
        #expect(requests[link] ?? 0 > 15)
    }

    @Test func `a job is polled again once, when all of its links are dead`() {
        var plan = DownloadPlan(links: [link, mirror], canPollAgain: true)
        #expect(plan.next(after: dead, at: .zero) == .request(mirror, after: .zero))
        #expect(plan.next(after: dead, at: .zero) == .pollAgain)
        let fresh = URL(string: "https://a.example.com/2")!
        #expect(plan.renew([link, fresh], at: .zero) == .request(fresh, after: .zero))
        #expect(plan.next(after: dead, at: .zero) == .fail(dead))
    }

    @Test func `a job is polled again if one of its links has expired, whatever is wrong with the others`() {
        let refused = FetchError(.unauthorized, "no")
        var plan = DownloadPlan(links: [link, mirror], canPollAgain: true)
        #expect(plan.next(after: dead, at: .zero) == .request(mirror, after: .zero))
        #expect(plan.next(after: refused, at: .zero) == .pollAgain)
        #expect(plan.renew([link], at: .zero) == .fail(dead))
    }

    @Test func `a job is polled again before a mirror that can't be reached is tried once more`() {
        var plan = DownloadPlan(links: [link, mirror], canPollAgain: true)
        #expect(plan.next(after: dead, at: .zero) == .request(mirror, after: .zero))
        #expect(plan.retry(after: lost, at: .zero, random: 1) == .pollAgain)
        let fresh = URL(string: "https://a.example.com/2")!
        #expect(plan.renew([fresh, mirror], at: .zero) == .request(fresh, after: .zero))
        // The mirror keeps its pause, and the failures that it has had.
        #expect(plan.next(after: dead, at: .seconds(1)) == .request(mirror, after: .seconds(1)))
        for _ in 2..<DownloadPlan.maximumFailures { _ = plan.retry(after: lost, at: .seconds(2), random: 1) }
        #expect(plan.retry(after: lost, at: .seconds(2), random: 1) == .fail(dead))
    }

    @Test func `without a new link, a mirror that can't be reached is tried further`() {
        var plan = DownloadPlan(links: [link, mirror], canPollAgain: true)
        _ = plan.next(after: dead, at: .zero)
        #expect(plan.retry(after: lost, at: .zero, random: 1) == .pollAgain)
        #expect(plan.renew([link, mirror], at: .zero) == .request(mirror, after: .seconds(2)))
    }

    @Test func `a poll that yields the same links ends the download`() {
        var plan = DownloadPlan(links: [link], canPollAgain: true)
        #expect(plan.next(after: dead, at: .zero) == .pollAgain)
        #expect(plan.renew([link], at: .zero) == .fail(dead))
    }

    @Test func `a job isn't polled again for a file that isn't what was promised`() {
        let page = FetchError(.unexpectedOutput, "a page")
        var plan = DownloadPlan(links: [link], canPollAgain: true)
        #expect(plan.next(after: page, at: .zero) == .fail(page))
    }

    @Test func `a file that isn't there yet is waited for with growing pauses, its mirrors in between`() {
        var plan = DownloadPlan(links: [link, mirror], canPollAgain: false)
        var (pauses, now): ([Duration], Duration) = ([], .zero)
        for _ in 1...14 {
            guard case .request(_, let pause) = plan.wait(for: absent, at: now) else { break }
            pauses.append(pause)
            now += pause
        }
        #expect(pauses == [0, 1, 0, 2, 0, 4, 0, 8, 0, 15, 0, 15, 0, 15].map { .seconds($0) })
    }

    @Test func `a pause that a server asks for while the file isn't there is bounded`() {
        var plan = DownloadPlan(links: [link], canPollAgain: false)
        let absent = FetchError(.outputExpired, "not there", retryAfter: .seconds(4_000_000_000))
        #expect(plan.wait(for: absent, at: .zero) == .request(link, after: .seconds(15)))
    }

    @Test func `a file that changes each time isn't received for ever`() {
        var plan = DownloadPlan(links: [link], canPollAgain: false)
        for _ in 1...3 { #expect(plan.startOver(link, at: .zero) == .request(link, after: .zero)) }
        guard case .fail(let error) = plan.startOver(link, at: .zero) else {
            Issue.record("The file was received again.")
            return
        }
        #expect(error.code == .incompleteOutput)
    }
}
