namespace NanoDet.Pipeline.Requests;

/// <summary>What the worker is asked to do: the build writes it, and the worker reads the same record. Paths are full, or start at the worker's folder.</summary>
public abstract record WorkerRequest;
