import FetchCore
import ModelsLab
import TestSupport
import Testing

@Suite("Failed jobs") struct FailedJobTests {
    @Test func `a failure has ModelsLab's message`() async throws {
        let failure = try await Interior.failure(fixture("failed", in: .module))
        #expect(failure == JobFailure(.failed, message: "The model could not be run."))
    }

    @Test(arguments: [
        ("failed", JobFailure.Reason.failed), ("error", .failed), ("Error", .failed), ("expired", .expired),
        ("cancelled", .cancelled), ("canceled", .cancelled),
    ])
    func `the status determines the reason of the failure`(status: String, reason: JobFailure.Reason) async throws {
        #expect(try await Interior.failure(#"{"status":"\#(status)"}"#) == JobFailure(reason))
    }

    @Test(arguments: [200, 400, 500])
    func `the code provider_error is a failed job with any HTTP status`(
        status: Int
    ) async throws {
        let failure = try await Interior.failure(
            #"{"status":"error","code":"provider_error","message":"Internal server error"}"#,
            status: status
        )
        #expect(failure == JobFailure(message: "Internal server error", code: "provider_error"))
    }

    @Test func `an unknown code with the status failed is kept in the failure`() async throws {
        let failure = try await Interior.failure(
            #"{"status":"failed","error_code":"face_missing","message":"No face."}"#
        )
        #expect(failure == JobFailure(message: "No face.", code: "face_missing"))
    }

    @Test(arguments: [
        "Generation failed, please try again", "CUDA out of memory: memory exhausted", "Insufficient memory",
        "The face was not found", "Error loading the picture",
        "Rate limit exceeded for the safety model", "Internal Server Error", "Your subscription has ended",
        "The face was not found, please subscribe to our newsletter", "The request's video not found",
    ])
    func `the status failed with a message that resembles a request error is a failed job`(message: String) async throws
    {
        let failure = try await Interior.failure(#"{"status":"failed","message":"\#(message)"}"#)
        #expect(failure.message == message)
    }

    @Test(arguments: ["The monkey is invalid", "You are unsubscribed", "The key points weren't found"])
    func `a phrase of a request error matches only whole words`(message: String) async throws {
        #expect(try await Interior.failure(#"{"status":"error","message":"\#(message)"}"#).message == message)
    }

    @Test(
        arguments: [
            (
                #"{"prompt":["It is too long.","It is rude."],"seed":["It is odd."]}"#,
                "It is too long. It is rude. It is odd."
            ),
            (#"["It is too long."]"#, "It is too long."),
            ("17", "17"), ("null", nil), ("\"\"", nil), ("[]", nil), ("{}", nil), ("true", nil),
        ] as [(String, String?)]
    )
    func `the message can be an object by parameter, or missing`(json: String, message: String?) async throws {
        #expect(try await Interior.failure(#"{"status":"failed","message":\#(json)}"#).message == message)
    }
}
