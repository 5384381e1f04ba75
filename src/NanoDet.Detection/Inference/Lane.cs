using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using NanoDet.Core.Detections;
using NanoDet.Core.Diagnostics;
using NanoDet.Detection.Diagnostics;
using NanoDet.Detection.Models;
using NanoDet.Imaging;
using NanoDet.Imaging.Colors;
using NanoDet.Imaging.Warping;
using ModelMetadata = NanoDet.Core.Models.ModelMetadata;

namespace NanoDet.Detection.Inference;

/// <summary>
/// The reusable buffers for a run of the network: input and output are bound to the session once, and the list of candidates is kept.
/// Used by one thread at a time.
/// </summary>
internal sealed class Lane : IDisposable
{
    private readonly InferenceSession _session;
    private readonly ModelShape _shape;
    private readonly ModelMetadata _metadata;
    private readonly Predicate<DetectedObject>? _isUnwanted;
    private readonly BoxDecoder _decoder;
    private readonly Normalization _normalization;
    private readonly PixelSize _inputSize;
    private readonly bool _bindEachRun;
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly OrtValue _inputValue;
    private readonly OrtValue _outputValue;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _runOptions = new();
    private readonly List<DetectedObject> _candidates = new(1024);
    private readonly Homography[] _matrices;
    private readonly PixelSize[] _sizes;

    /// <summary>Makes the buffers for a batch size.</summary>
    /// <param name="session">The session.</param>
    /// <param name="shape">Its inputs and outputs.</param>
    /// <param name="metadata">What the model is.</param>
    /// <param name="wanted">Whether each label is to be detected; null for all of them.</param>
    /// <param name="batch">The batch size.</param>
    /// <param name="bindEachRun">Whether the network may run on a GPU: binding the input copies it to the GPU's memory, so each run needs it.</param>
    /// <param name="path">The name that diagnostics carry.</param>
    /// <exception cref="NanoDetException">NDB6010: an array cannot hold the batch.</exception>
    public Lane(InferenceSession session, ModelShape shape, ModelMetadata metadata, bool[]? wanted, int batch, bool bindEachRun, string path)
    {
        _session = session;
        _shape = shape;
        _metadata = metadata;
        _isUnwanted = wanted is null ? null : candidate => !wanted[candidate.Label];
        _decoder = metadata.Decoder;
        _normalization = new Normalization(metadata.Mean, metadata.Std);
        _inputSize = new PixelSize(metadata.InputWidth, metadata.InputHeight);
        _matrices = new Homography[batch];
        _sizes = new PixelSize[batch];
        _bindEachRun = bindEachRun;

        var rows = _decoder.Rows(_inputSize.Width, _inputSize.Height);
        var (inputLength, outputLength) = ((long)batch * TensorWarp.LengthOf(_inputSize), (long)batch * rows * _decoder.Columns);
        if (Math.Max(inputLength, outputLength) > Array.MaxLength)
        {
            throw new NanoDetException(DetectionDiagnostics.RunFailed(
                path, $"a batch size of {batch} is too large for an input of {_inputSize.Width}x{_inputSize.Height}"));
        }

        _input = new float[inputLength];
        _output = new float[outputLength];
        _inputValue = OrtValue.CreateTensorValueFromMemory(_input, [batch, 3, _inputSize.Height, _inputSize.Width]);
        _outputValue = OrtValue.CreateTensorValueFromMemory(_output, [batch, rows, _decoder.Columns]);
        _binding = session.CreateIoBinding();
        _binding.BindInput(shape.InputName, _inputValue);
        _binding.BindOutput(shape.OutputName, _outputValue);
    }

    /// <summary>The batch size of a run.</summary>
    public int Batch => _matrices.Length;

    /// <summary>Writes an image into the input.</summary>
    /// <param name="index">Its place in the batch.</param>
    /// <param name="image">The image.</param>
    /// <param name="view">What of it.</param>
    public void Prepare(int index, PixelImage image, ImageView view)
    {
        _sizes[index] = image.Size;
        var length = TensorWarp.LengthOf(_inputSize);
        _matrices[index] = ImageInput.Write(image, view, _metadata, _normalization, _input.AsSpan(index * length, length));
    }

    /// <summary>Runs the network.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before or during the run.</exception>
    /// <exception cref="NanoDetException">NDB6010, NDB6011.</exception>
    public void Run(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_bindEachRun)
        {
            _binding.BindInput(_shape.InputName, _inputValue);
        }

        try
        {
            using (cancellation.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, _runOptions))
            {
                _session.RunWithBinding(_runOptions, _binding);
            }
        }
        catch (OnnxRuntimeException exception)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new NanoDetException(DetectionDiagnostics.RunFailed(path, Session.FirstLine(exception)), exception);
        }
        finally
        {
            _runOptions.Terminate = false;
        }

        if (!AreFinite(_output))
        {
            throw new NanoDetException(DetectionDiagnostics.NotFinite(path));
        }
    }

    // Zero times such a number is not a number, and neither is a sum with it: no branch for each number.
    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        var sums = Vector<float>.Zero;
        for (; values.Length >= Vector<float>.Count; values = values[Vector<float>.Count..])
        {
            sums += new Vector<float>(values) * Vector<float>.Zero;
        }

        var sum = Vector.Sum(sums);
        foreach (var value in values)
        {
            sum += value * 0;
        }

        return !float.IsNaN(sum);
    }

    /// <summary>The output for one image, [rows, columns]; valid until the next run.</summary>
    /// <param name="index">Its place in the batch.</param>
    public ReadOnlySpan<float> Output(int index)
    {
        var length = _output.Length / Batch;
        return _output.AsSpan(index * length, length);
    }

    /// <summary>Decodes the boxes of one image from the output.</summary>
    /// <param name="index">Its place in the batch.</param>
    /// <param name="scoreThreshold">Scores at or below it are left out.</param>
    /// <param name="suppression">The non-maximum suppression.</param>
    /// <returns>Detections in pixels of the image, best first; valid until the next call.</returns>
    public ReadOnlySpan<DetectedObject> Decode(int index, double scoreThreshold, NonMaximumSuppression suppression)
    {
        _decoder.Decode(Output(index), _inputSize.Width, _inputSize.Height, (float)scoreThreshold, _candidates);
        if (_isUnwanted is not null)
        {
            _candidates.RemoveAll(_isUnwanted);
        }

        var candidates = CollectionsMarshal.AsSpan(_candidates);
        var kept = candidates[..suppression.ApplyInPlace(candidates)];
        var inverse = _matrices[index].Invert();
        foreach (ref var detection in kept)
        {
            detection = detection with { Box = inverse.MapBox(detection.Box, _sizes[index]), Name = _metadata.Classes[detection.Label] };
        }

        return kept;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _binding.Dispose();
        _inputValue.Dispose();
        _outputValue.Dispose();
        _runOptions.Dispose();
    }
}
