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

// Whether what a wait ended with is what the server told.
extension Fate {
    /// What is wrong with a result, or nil.
    func flaw(in result: Result<any FetchOutput, FetchError>) -> String? {
        switch (ending, result) {
        case (.output, .success(let output)):
            return agrees(output) ? nil : "an output of another job or type: \(output)"
        case (.failure, .failure(let error)):
            let isSame = error.code == .jobFailed && error.failure?.message?.hasSuffix(" \(mark)") == true
            return isSame && isAbout(error) ? nil : "not the failure of this job: \(error)"
        case (.unknown, .failure(let error)):
            return error.code == .jobNotFound && isAbout(error) ? nil : "known after all: \(error)"
        case (.refusal, .failure(let error)):
            let isSame = error.code == refusalCode && error.message.contains(" \(mark)")
            return isSame && isAbout(error) ? nil : "not the refusal of this job: \(error)"
        default:
            return "\(ending) became \(result)"
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
        case .fineTune: (output as? TrainedModel) == TrainedModel(id: family.id(of: number), log: mark)
        case .workflow: output is WorkflowOutput && links == [link]
        }
    }
}
