namespace NanoDet.Data.Configuration;

/// <summary>A part of the network that can be frozen.</summary>
public enum ModelPart
{
    /// <summary>The backbone.</summary>
    Backbone,

    /// <summary>The neck (<c>fpn</c>).</summary>
    Neck,
}
