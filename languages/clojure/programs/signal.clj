(import '(java.lang.foreign FunctionDescriptor Linker Linker$Option MemoryLayout ValueLayout))

(def linker (Linker/nativeLinker))
(def int-to-int (FunctionDescriptor/of ValueLayout/JAVA_INT (into-array MemoryLayout [ValueLayout/JAVA_INT])))
(def raise-signal
  (.downcallHandle linker
                   (.orElseThrow (.find (.defaultLookup linker) "raise"))
                   int-to-int
                   (make-array Linker$Option 0)))

(.invokeWithArguments raise-signal (object-array [(int 9)]))
