namespace NanoDet.Data.Configuration;

/// <summary>A part of the network that can be kept from learning.</summary>
public enum ModelPart
{
    /// <summary>The backbone.</summary>
    Backbone,

    /// <summary>The neck (<c>fpn</c>).</summary>
    Neck,
}
