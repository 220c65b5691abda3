// Right: a window that never shrinks, with the number of each letter in it.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int k;
    static char s[1 << 20];
    scanf("%d %s", &k, s);
    int count[256] = {}, length = 0, most = 0, n = strlen(s);
    for (int i = 0; i < n; i++) {
        most = max(most, ++count[(int)s[i]]);
        if (length + 1 - most <= k) length++;
        else count[(int)s[i - length]]--;
    }
    printf("%d\n", length);
}
