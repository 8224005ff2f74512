# A check program beside each module, and shell tests of the command line.
