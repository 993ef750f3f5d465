package io.goodhart.isolation.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * What goes between driver and tasks in Java's own serialisation, also where {@code spark.serializer} is Kryo: that reads neither
 * records nor unmodifiable lists, and asks no class how it wants to be written.
 *
 * @param value never null
 */
@DefaultSerializer(JavaSerializer.class)
record Travelling<T extends Serializable>(T value) implements Serializable {}
