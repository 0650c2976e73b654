import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Responses of a firewall in front of the API") struct InterceptedResponseTests {
    private static let page = "<!DOCTYPE html><title>Just a moment...</title>"

    private static func challenge(_ status: Int, _ headers: HeaderFields) -> ScriptedTransport.Step {
        var headers = headers
        headers["Content-Type"] = "text/html; charset=UTF-8"
        return .json(page, status: status, headers: headers)
    }

    /// The challenges as Cloudflare and AWS WAF document them.
    private static let challenges: [(Int, HeaderFields)] = [
        (403, ["cf-mitigated": "challenge"]), (503, ["CF-Mitigated": "Challenge"]),
        (429, ["cf-mitigated": "challenge"]),
        (202, ["x-amzn-waf-action": "challenge"]), (405, ["x-amzn-waf-action": "captcha"]),
    ]

    @Test(arguments: challenges.indices)
    func `a challenge for browsers, once, is a transient error and says nothing about the account`(index: Int)
        async throws
    {
        let (status, headers) = Self.challenges[index]
        let harness = PollingHarness([.pending, Self.challenge(status, headers), .done])
        #expect(await harness.poll().output == "output")

        let single = PollingHarness([Self.challenge(status, headers)])
        let error = await #expect(throws: FetchError.self) {
            try await single.clock.run { try await single.client.fetch(JSONStateEndpoint(), id: 7) }
        }
        #expect(error?.code == .intercepted)
        #expect(error?.isRetryable == true)
        #expect(error?.httpStatus == status)
        #expect(error?.description.contains("in front of the API") == true)
        #expect(error?.description.contains("account") == false)
    }

    @Test func `a challenge with 202 is not a pending job, whatever the endpoint reads from the status`() async throws {
        let harness = SchedulingHarness { _, time in
            time == .zero ? FetchResponse(status: 202, headers: ["x-amzn-waf-action": "challenge"]) : nil
        }
        let client = try harness.client()
        let error = await #expect(throws: FetchError.self) {
            try await harness.clock.run { try await client.fetch(TextStateEndpoint(), id: "9") }
        }
        #expect(error?.code == .intercepted)
    }

    @Test func `a challenge for every request ends polling like other transient errors`() async throws {
        let harness = PollingHarness(
            [Self.challenge(403, ["cf-mitigated": "challenge"])],
            policy: PollingPolicy(toleratedErrors: 3)
        )
        #expect(await harness.poll().fetchError?.code == .intercepted)
        #expect(harness.requestTimes.count == 4)
    }

    @Test func `a challenge in place of a follow-up's response is transient`() async throws {
        let challenge = Self.challenge(403, ["cf-mitigated": "challenge"])
        let harness = PollingHarness([.followUp, challenge, .followUp, .done])
        #expect(await harness.poll().output == "output")
    }

    @Test func `any other 403 is permanent, and for a web page the advice mentions a firewall`() async throws {
        let json = try #require(await PollingHarness([.status(403, headers: ["cf-ray": "1"])]).poll().fetchError)
        #expect(json.code == .forbidden)
        #expect(json.remedy == "Use the account that submitted the job.")
        let page = try #require(await PollingHarness([Self.challenge(403, [:])]).poll().fetchError)
        #expect(page.code == .forbidden)
        #expect(page.remedy?.contains("firewall") == true)
    }
}
