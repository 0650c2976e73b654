import FetchCore
import FetchDownload
import Foundation
import Testing

@Suite("The plan of a download") struct DownloadPlanTests {
    private let link = URL(string: "https://a.example.com/1")!
    private let mirror = URL(string: "https://b.example.com/1")!
    private let dead = FetchError(.outputExpired, "the link is dead")
    private let lost = FetchError(.connectionFailed, "the request was lost")

    @Test func `links that fail take turns, and a pause comes after each round`() {
        var plan = DownloadPlan(links: [link, mirror], canPollAgain: false)
        #expect(plan.first == .request(link, after: .zero))
        #expect(plan.retry(after: lost, random: 1) == .request(mirror, after: .zero))
        #expect(plan.retry(after: lost, random: 1) == .request(link, after: .seconds(2)))
        #expect(plan.retry(after: lost, random: 1) == .request(mirror, after: .zero))
        #expect(plan.retry(after: lost, random: 1) == .request(link, after: .seconds(4)))
    }

    @Test func `bytes that arrive forgive the failures before`() {
        var plan = DownloadPlan(links: [link], canPollAgain: false)
        for _ in 1..<DownloadPlan.maximumFailures { _ = plan.retry(after: lost, random: 1) }
        plan.noteProgress()
        #expect(plan.retry(after: lost, random: 1) == .request(link, after: .seconds(2)))
        for _ in 2..<DownloadPlan.maximumFailures { _ = plan.retry(after: lost, random: 1) }
        #expect(plan.retry(after: lost, random: 1) == .fail(lost))
    }

    @Test func `a server's own pause is kept, and one of an hour ends the download`() {
        var plan = DownloadPlan(links: [link], canPollAgain: false)
        let busy = FetchError(.rateLimited, "slow down", retryAfter: .seconds(40))
        #expect(plan.retry(after: busy, random: 1) == .request(link, after: .seconds(40)))
        let closed = FetchError(.rateLimited, "slow down", retryAfter: .seconds(3_600))
        #expect(plan.retry(after: closed, random: 1) == .fail(closed))
    }

    @Test func `a job is polled again once, when all of its links are dead`() {
        var plan = DownloadPlan(links: [link, mirror], canPollAgain: true)
        #expect(plan.next(after: dead) == .request(mirror, after: .zero))
        #expect(plan.next(after: dead) == .pollAgain)
        let fresh = URL(string: "https://a.example.com/2")!
        #expect(plan.renew([link, fresh], after: dead) == .request(fresh, after: .zero))
        #expect(plan.next(after: dead) == .fail(dead))
    }

    @Test func `a poll that yields the same links ends the download`() {
        var plan = DownloadPlan(links: [link], canPollAgain: true)
        #expect(plan.next(after: dead) == .pollAgain)
        #expect(plan.renew([link], after: dead) == .fail(dead))
    }

    @Test func `a job isn't polled again for a file that isn't what was promised`() {
        let page = FetchError(.unexpectedOutput, "a page")
        var plan = DownloadPlan(links: [link], canPollAgain: true)
        #expect(plan.next(after: page) == .fail(page))
    }

    @Test func `a file that isn't there yet is waited for with growing pauses, its mirrors in between`() {
        var plan = DownloadPlan(links: [link, mirror], canPollAgain: false)
        var pauses: [Duration] = []
        for _ in 1...14 {
            guard case .request(_, let pause) = plan.wait(for: dead) else { break }
            pauses.append(pause)
        }
        #expect(pauses == [0, 1, 0, 2, 0, 4, 0, 8, 0, 15, 0, 15, 0, 15].map { .seconds($0) })
    }

    @Test func `a file that changes each time isn't received for ever`() {
        var plan = DownloadPlan(links: [link], canPollAgain: false)
        for _ in 1...3 { #expect(plan.startOver(link) == .request(link, after: .zero)) }
        guard case .fail(let error) = plan.startOver(link) else {
            Issue.record("The file was received again.")
            return
        }
        #expect(error.code == .incompleteOutput)
    }
}
