#include "/supervisor"
