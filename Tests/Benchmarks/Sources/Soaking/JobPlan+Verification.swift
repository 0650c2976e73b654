import FetchCore
import ModelsLab
import ModelsLabFaceSwap
import ModelsLabFineTune
import ModelsLabWorkflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// The comparison of the client's results with the plan.
extension JobPlan {
    /// Returns a description of the difference between a result and the plan; `nil` if they agree.
    func problem(with result: Result<any FetchOutput, FetchError>) -> String? {
        switch (ending, result) {
        case (.output, .success(let output)):
            return agrees(output) ? nil : "an output of another job or type: \(output)"
        case (.failure, .failure(let error)):
            let isSame = error.code == .jobFailed && error.failure?.message?.hasSuffix(" \(marker)") == true
            return isSame && isAbout(error) ? nil : "not the failure of this job: \(error)"
        case (.unknown, .failure(let error)):
            return error.code == .jobNotFound && isAbout(error) ? nil : "not an unknown job: \(error)"
        case (.refusal, .failure(let error)):
            let isSame = error.code == rejectionCode && error.message.contains(" \(marker)")
            return isSame && isAbout(error) ? nil : "not the rejection of this job: \(error)"
        default:
            return "\(result) instead of \(ending)"
        }
    }

    private func isAbout(_ error: FetchError) -> Bool {
        error.id == family.id(of: number) && error.endpoint?.description == family.rawValue
    }

    private func agrees(_ output: any FetchOutput) -> Bool {
        let links = output.outputArtifacts.compactMap(\.url?.absoluteString)
        return switch family {
        case .video, .deepfake, .faceGen: output is Generation<[String: JSONValue]> && links == [link]
        case .faceSwap: output is Generation<FaceSwapMeta> && links == [link]
        case .fineTune: (output as? TrainedModel) == TrainedModel(id: family.id(of: number), log: marker)
        case .workflow: output is WorkflowOutput && links == [link]
        }
    }
}
