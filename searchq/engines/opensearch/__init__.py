"""The engine over an OpenSearch cluster: analysed in this process, stored, searched and counted by the cluster.

    address      opensearch+https://host:9200/questions, and what a connection needs besides
    connection   calls to a cluster, with safe retries
    refusals     what it refuses, as errors whose sentences name the remedy
    fields       the mapping: how each field of the schema is stored
    documents    one question as a document: terms with impacts, words with positions, values, numbers
    generations  which generation is the newest, and what is kept with it
    view         one generation as a request reads it: frequencies, values, words
    translate    query tree to query DSL, a table a node; spans for phrases and nearness
    search       a request to hits: filters, facets, windows of ranked questions, siblings
    lock         who writes, by the clock of the cluster; indices: what is made and removed there
    update       the one write path: new versions beside the old, then one document that makes them visible

A question is stored once for each generation that changed it, `born` in that and, once replaced, `died` in another. A
reader asks for those of its generation, so that a commit is one write of one document, on any number of shards.
"""
