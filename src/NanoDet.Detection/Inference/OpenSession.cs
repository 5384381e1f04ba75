using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Detection.Inference;

/// <summary>A session, and what runs it.</summary>
/// <param name="Session">The session.</param>
/// <param name="Provider">What runs it.</param>
/// <param name="Skipped">Why what the program would have preferred does not.</param>
internal sealed record OpenSession(InferenceSession Session, ExecutionProvider Provider, ImmutableArray<Diagnostic> Skipped);
